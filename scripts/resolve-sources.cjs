const { join } = require('node:path');

const root = join(__dirname, '..');

/** How dependency-cruiser finds what `#libs` and `#apps` name: the sources, where Node takes dist/. */
module.exports = {
  resolve: {
    alias: { '#libs': join(root, 'libs'), '#apps': join(root, 'apps') },
    extensionAlias: { '.js': ['.ts', '.js'] },
  },
};

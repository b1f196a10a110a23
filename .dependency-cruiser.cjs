/** The import direction of the house: apps -> persistence | queue | platform -> usecases -> rules -> domain. */
const layer = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.ts$' },
  to: { path: to },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    layer('domain-imports-nothing-of-ours', '^libs/domain/', '^(apps|libs/(?!domain/))'),
    layer('rules-import-domain-only', '^libs/rules/', '^(apps|libs/(?!(domain|rules)/))'),
    layer('usecases-import-rules-and-domain', '^libs/usecases/', '^(apps|libs/(?!(domain|rules|usecases)/))'),
    layer('contracts-import-domain-and-rules', '^libs/contracts/', '^(apps|libs/(?!(domain|rules|contracts)/))'),
    layer('outer-libs-do-not-import-apps', '^libs/', '^apps/'),
    layer('testing-is-for-tests', '^(apps|libs/(?!testing/)).*(?<!\\.test)\\.ts$', '^libs/testing/'),
    {
      name: 'pure-core',
      comment: 'domain and rules know no framework, no clock, no random, no I/O',
      severity: 'error',
      from: { path: '^libs/(domain|rules)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '(node_modules/(@nestjs|pg|@prisma|bullmq|ioredis|fastify)|^(fs|net|http|https|child_process|timers))',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|libs/persistence/generated)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    webpackConfig: { fileName: 'scripts/resolve-sources.cjs' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

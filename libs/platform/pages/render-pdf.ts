import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';

const require = createRequire(import.meta.url);
const pdfmake = require('pdfmake') as typeof import('pdfmake');

/** Noto Sans Hans (SIL Open Font License); what a page uses of it is embedded, no more. */
const folder = join(dirname(require.resolve('@embedpdf/fonts-sc')), '../fonts');
const [regular, bold] = [join(folder, 'NotoSansHans-Regular.otf'), join(folder, 'NotoSansHans-Bold.otf')];

pdfmake.setFonts({ Han: { normal: regular, bold, italics: regular, bolditalics: bold } });
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path === regular || path === bold);

/** The page as PDF. No clock: the same definition gives the same bytes. */
export const renderPdf = (page: TDocumentDefinitions): Promise<Buffer> => pdfmake.createPdf(page).getBuffer();

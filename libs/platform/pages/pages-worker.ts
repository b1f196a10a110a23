import type { Language } from '../../domain/text.js';
import type { ExplainedDecision } from '../../rules/explain/explained-decision.js';
import { explanationPage } from './explanation-page.js';
import { renderPdf } from './render-pdf.js';

/** The printable page of an explanation. */
export default async function explanationPdf(task: {
  readonly decision: ExplainedDecision;
  readonly language: Language;
}): Promise<Uint8Array> {
  return new Uint8Array(await renderPdf(explanationPage(task.decision, task.language)));
}

import { PDFiumLibrary } from '@hyzyla/pdfium';

/** The pages' text without the spaces and line ends that type-setting leaves. */
export async function textOf(pdf: Buffer): Promise<{ pages: number; text: string }> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(new Uint8Array(pdf));
  const texts = [...document.pages()].map((one) => one.getText());
  document.destroy();
  library.destroy();
  return { pages: texts.length, text: texts.join('').replace(/\s/g, '') };
}

import { BaseErrorListener, CharStreams, CommonTokenStream, PredictionMode } from 'antlr4ng';
import { TrinoSqlLexer } from 'dt-sql-parser/dist/lib/trino/TrinoSqlLexer.js';
import { TrinoSqlParser } from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js';

/** What Trino's own grammar has against some statements, each fault as `line:column what`. */
export function trinoFaults(sql: string): readonly string[] {
  // The quick prediction takes nothing that the full one refuses; what it refuses, the full one judges.
  const quick = faultsBy(sql, PredictionMode.SLL);
  return quick.length === 0 ? quick : faultsBy(sql, PredictionMode.LL);
}

function faultsBy(sql: string, prediction: number): readonly string[] {
  const faults = new Faults();
  const lexer = new TrinoSqlLexer(CharStreams.fromString(sql));
  const parser = new TrinoSqlParser(new CommonTokenStream(lexer));
  for (const one of [lexer, parser]) {
    one.removeErrorListeners();
    one.addErrorListener(faults);
  }
  parser.interpreter.predictionMode = prediction;
  parser.program();
  return faults.found;
}

class Faults extends BaseErrorListener {
  readonly found: string[] = [];

  override syntaxError(...[, , line, column, message]: Parameters<BaseErrorListener['syntaxError']>): void {
    this.found.push(`${line}:${column} ${message}`);
  }
}

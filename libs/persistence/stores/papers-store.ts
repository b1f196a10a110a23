import { contentHash } from '../../rules/content-hash.js';
import type { AddDocumentPort, DocumentView } from '../../usecases/add-document.js';
import type { DocumentSet, LegalSignatureView, SignLegallyPort } from '../../usecases/sign-legally.js';
import { WorkflowStore } from './workflow-store.js';

const SHOWN = `id, application_id as "applicationId", kind, number, sha256, media_type as "mediaType", bytes, file_name as "fileName"`;

/** The newest approved terms and the newest contract: what a legal signature is over, beside the papers. */
const AGREED_SQL = `
select jsonb_build_object(
  'terms', (select to_jsonb(t) - 'id' - 'union_id' from approved_terms t where t.union_id = $1 and t.application_id = $2 order by t.round desc limit 1),
  'contract', (select jsonb_build_object('no', c.contract_no, 'signedOn', c.signed_on, 'conditionsMet', c.conditions_met, 'round', c.round)
    from loan_contract c where c.union_id = $1 and c.application_id = $2 order by c.round desc limit 1)) as agreed`;

/** The papers of loan files and the legal adviser's word on them. */
export class PapersStore extends WorkflowStore implements AddDocumentPort, SignLegallyPort {
  async addDocument(document: Omit<DocumentView, 'id' | 'number'>, staffId: string, at: Date): Promise<DocumentView> {
    const added = await this.sql.query<DocumentView>(
      `insert into loan_document (id, union_id, application_id, kind, number, sha256, media_type, bytes, file_name, uploaded_by_id, uploaded_at)
       select $1, $2, $3, $4::document_kind, coalesce(max(d.number), 0) + 1, $5, $6, $7, $8, $9, $10
       from loan_document d where d.union_id = $2 and d.application_id = $3 and d.kind = $4::document_kind returning ${SHOWN}`,
      [
        this.ids.next(),
        this.unionId,
        document.applicationId,
        document.kind,
        document.sha256,
        document.mediaType,
        document.bytes,
        document.fileName,
        staffId,
        at,
      ],
    );
    const [view] = added.rows;
    if (view === undefined) throw new Error('the document was not added');
    return view;
  }

  async documents(applicationId: string): Promise<DocumentView[]> {
    const found = await this.sql.query<DocumentView>(
      `select ${SHOWN} from loan_document where union_id = $1 and application_id = $2 order by kind, number`,
      [this.unionId, applicationId],
    );
    return found.rows;
  }

  async documentSet(applicationId: string): Promise<DocumentSet> {
    const papers = await this.documents(applicationId);
    const agreed = await this.sql.query<{ agreed: unknown }>(AGREED_SQL, [this.unionId, applicationId]);
    const hash = contentHash({
      papers: papers.map(({ kind, number, sha256 }) => ({ kind, number, sha256 })),
      agreed: agreed.rows[0]?.agreed ?? null,
    });
    return { hash, documents: papers.length };
  }

  async addSignature(
    signature: Omit<LegalSignatureView, 'id'>,
    signer: { staffId: string; appointmentId: string; opinion: string },
    at: Date,
  ): Promise<string> {
    const id = this.ids.next();
    await this.sql.query(
      `insert into legal_signature (id, union_id, application_id, document_set_hash, documents, outcome, opinion, staff_id, appointment_id, signed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        id,
        this.unionId,
        signature.applicationId,
        signature.documentSetHash,
        signature.documents,
        signature.outcome,
        signer.opinion,
        signer.staffId,
        signer.appointmentId,
        at,
      ],
    );
    return id;
  }

  /** Whether the newest legal word on an application signs exactly the papers that are there now. */
  async legalSignatureStands(applicationId: string): Promise<boolean> {
    const found = await this.sql.query<{ document_set_hash: string; outcome: string }>(
      `select document_set_hash, outcome from legal_signature where union_id = $1 and application_id = $2 order by signed_at desc, id desc limit 1`,
      [this.unionId, applicationId],
    );
    const newest = found.rows[0];
    if (newest === undefined || newest.outcome === 'refused') return false;
    return newest.document_set_hash === (await this.documentSet(applicationId)).hash;
  }
}

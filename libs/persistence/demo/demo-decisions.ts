import { civilDateOf } from '../../domain/civil-date.js';
import type { Problem } from '../../domain/problem.js';
import { type ActiveAppointment, type Actor, unitsOfPosts } from '../../usecases/actor.js';
import { decideIntake } from '../../usecases/decide-intake.js';
import { recordConsent } from '../../usecases/record-consent.js';
import { submitApplication } from '../../usecases/submit-application.js';
import { askBureau } from '../ask-bureau.js';
import { type CommandAnswer, isProblem, runCommand, runSqlCommand } from '../commands.js';
import { inUnion } from '../pool.js';
import { wholeUnion } from '../scope.js';
import type { Services } from '../services.js';
import { ApplicationStore } from '../stores/application-store.js';
import { CustomerStore } from '../stores/customer-store.js';
import { DecisionStore } from '../stores/decision-store.js';

const APPLICATIONS = 24;

interface DemoApplicant {
  readonly customer_id: string;
  readonly branch_id: string;
  readonly residence: string;
  readonly staff_id: string;
  readonly login: string;
  readonly appointments: ActiveAppointment[];
}

const APPLICANTS_SQL = `
select c.id as customer_id, c.home_unit_id as branch_id, c.residence, s.id as staff_id, a.login,
  (select jsonb_agg(jsonb_build_object('id', p.id, 'post', p.post, 'unitId', p.unit_id, 'headOffice', false))
    from post_appointment p where p.union_id = $1 and p.staff_id = s.id) as appointments
from party c
join post_appointment q on q.union_id = $1 and q.unit_id = c.home_unit_id and q.post = 'field_credit_officer'
join staff s on s.union_id = $1 and s.id = q.staff_id join user_account a on a.union_id = $1 and a.staff_id = s.id
where c.union_id = $1 and c.kind = 'person' order by md5(c.external_ref) limit ${APPLICATIONS}`;

/** Applications that the demonstration's officers took in and decided, through the same usecases as anybody's. */
export async function decideDemoApplications(services: Services, unionId: string): Promise<void> {
  const { tools } = services;
  const applicants = await inUnion(tools.pool, wholeUnion(unionId), (sql) =>
    sql.query<DemoApplicant>(APPLICANTS_SQL, [unionId]),
  );
  for (const [index, applicant] of applicants.rows.entries()) await takeIn(services, unionId, applicant, index);
}

async function takeIn(services: Services, unionId: string, applicant: DemoApplicant, index: number): Promise<void> {
  const { tools, bureau, books, gates } = services;
  const at = tools.clock.now();
  const businessDate = civilDateOf(at);
  const actor: Actor = {
    unionId,
    staffId: applicant.staff_id,
    name: applicant.login,
    appointments: applicant.appointments,
    requestId: `demo-${index}`,
    at,
    businessDate,
  };
  const acting = { actor, units: unitsOfPosts(actor) };
  const once = (act: string) => ({ key: `demo-${act}-${index}`, route: `demo ${act}`, body: null });
  const customerId = applicant.customer_id;
  const consent = {
    customerId,
    purpose: '贷款申请',
    signedOn: businessDate,
    expiresOn: businessDate,
    evidence: `DEMO-${index + 1}`,
  };
  must(
    await runCommand(tools, acting, once('consent'), 201, (tx) =>
      recordConsent(new CustomerStore(tx, tools, actor), actor, consent),
    ),
  );
  const application = {
    branchId: applicant.branch_id,
    customerId,
    productCode: applicant.residence === 'rural' ? 'rural-personal' : 'personal-consumption',
    amountFen: (index + 1) * 500_000,
    termMonths: 24,
    monthlyInstalmentFen: (index + 1) * 22_000,
    purpose: '生产经营周转',
    guarantorIds: [],
  };
  const submitted = must(
    await runCommand(tools, acting, once('submit'), 201, (tx) =>
      submitApplication(new ApplicationStore(tx, tools, actor), actor, application),
    ),
  );
  const applicationId = (submitted.body as { id: string }).id;
  must(await askBureau(tools, bureau, actor, once('bureau'), applicationId));
  must(
    await runSqlCommand(tools, acting, once('decide'), 201, (sql) =>
      decideIntake(new DecisionStore(sql, unionId, books, tools.ids), gates, actor, {
        applicationId,
        decisionId: tools.ids.next(),
      }),
    ),
  );
}

function must(answer: CommandAnswer | Problem): CommandAnswer {
  if (isProblem(answer))
    throw new Error(
      `demonstration: ${answer.code} ${answer.faults.map(({ path, text }) => `${path} ${text.en}`).join('; ')}`,
    );
  return answer;
}

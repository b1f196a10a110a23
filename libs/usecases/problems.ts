import { type Fault, fault, type Problem, problem } from '../domain/problem.js';

/** One factory for each expected failure: stable code, both languages, and the clause it serves. */
export const invalidInput = (faults: readonly Fault[]): Problem =>
  problem('invalid', 'input.invalid', { zh: '输入有误', en: 'the input has faults' }, { faults });

export const notFound = (what: { zh: string; en: string }): Problem =>
  problem('not-found', 'record.not-found', { zh: `没有这个${what.zh}`, en: `there is no such ${what.en}` });

export const otherUnit = (): Problem =>
  problem(
    'forbidden',
    'scope.other-unit',
    { zh: '该机构不在您的岗位范围之内', en: 'your posts do not reach that unit' },
    { clause: 'G1' },
  );

export const staleVersion = (current: number): Problem =>
  problem('stale', 'record.stale', {
    zh: `记录已被他人修改，现为第 ${current} 版`,
    en: `somebody changed the record: it is at version ${current}`,
  });

export const wrongStage = (stage: string, act: { zh: string; en: string }): Problem =>
  problem(
    'conflict',
    'application.wrong-stage',
    { zh: `申请处于 ${stage} 阶段，不能${act.zh}`, en: `the application is at ${stage} and cannot be ${act.en}` },
    { clause: 'G1' },
  );

export const signInRefused = (): Problem =>
  problem('unauthenticated', 'session.refused', { zh: '用户名或密码不符', en: 'login or password is wrong' });

export const codeNeeded = (): Problem =>
  problem('unauthenticated', 'session.code-needed', {
    zh: '请输入动态验证码或备用码',
    en: 'send the code of your authenticator, or a recovery code',
  });

export const codeRefused = (): Problem =>
  problem('unauthenticated', 'session.code-refused', {
    zh: '验证码不符或已使用',
    en: 'the code is wrong or was used already',
  });

export const secondFactorState = (has: boolean): Problem =>
  problem('conflict', has ? 'second-factor.there' : 'second-factor.none', {
    zh: has ? '已启用动态验证码' : '未启用动态验证码，或尚未开始登记',
    en: has ? 'the account has a second factor' : 'the account has no second factor, or none was begun',
  });

export const notOnOneself = (): Problem =>
  problem('conflict', 'account.self', {
    zh: '不能对自己的账号做此操作',
    en: 'nobody does this to their own account',
  });

export const providerUnknown = (): Problem =>
  problem('forbidden', 'session.provider-unknown', {
    zh: '该统一身份没有对应的账号，请联系管理员',
    en: 'no account here belongs to that identity: ask an administrator',
  });

export const accountLocked = (until: Date): Problem =>
  problem('too-many', 'session.locked', {
    zh: `尝试过多，${until.toISOString()} 前不能登录`,
    en: `too many attempts: locked until ${until.toISOString()}`,
  });

export const identityTaken = (): Problem =>
  problem(
    'conflict',
    'customer.identity-taken',
    { zh: '该证件号码已有客户', en: 'a customer with this identity number is registered' },
    { clause: 'M2' },
  );

export const householdTaken = (): Problem =>
  problem('conflict', 'household.code-taken', { zh: '该户号已存在', en: 'a household of this code is registered' });

export const noConsent = (): Problem =>
  problem(
    'unprocessable',
    'bureau.no-consent',
    { zh: '没有有效的征信查询授权，不得查询', en: 'no consent in force: the bureau is not asked' },
    { clause: 'M2' },
  );

export const noIdentity = (): Problem =>
  problem(
    'unprocessable',
    'customer.no-identity',
    { zh: '客户没有证件号码，不能查询征信', en: 'the customer has no identity number to ask the bureau by' },
    { clause: 'M2' },
  );

export const noRuleBook = (): Problem =>
  problem(
    'unavailable',
    'rules.none-in-force',
    { zh: '没有生效的规则，贷款不能前行', en: 'no rule book is in force: the loan stops' },
    { clause: 'M2' },
  );

export const productStopped = (): Problem =>
  problem(
    'unprocessable',
    'product.stopped',
    { zh: '该产品已紧急停办，不受理、不放款', en: 'the product is stopped: nothing of it is accepted or released' },
    { clause: 'M1' },
  );

export const futureDate = (path: string): Fault =>
  fault(path, 'input.future', { zh: '日期在未来', en: 'is in the future' });

export const unknownRecord = (path: string, what: { zh: string; en: string }): Fault =>
  fault(path, 'input.no-such-record', { zh: `没有这个${what.zh}`, en: `there is no such ${what.en}` });

export const unknownType = (): Problem =>
  problem('unsupported', 'document.type', {
    zh: '只接受 PDF、JPEG、PNG（样本只接受图像），按内容判断',
    en: 'only PDF, JPEG and PNG are taken, and images alone as specimens, told by the content',
  });

export const noPreview = (): Problem =>
  problem('unprocessable', 'document.no-preview', {
    zh: '该资料无法生成预览，请查看原件',
    en: 'no picture can be made of this paper: open the paper itself',
  });

export const previewsBusy = (): Problem =>
  problem('unavailable', 'document.previews-busy', {
    zh: '预览繁忙，请稍后再试，或查看原件',
    en: 'too many pictures are being made: try again, or open the paper itself',
  });

export const pagesBusy = (): Problem =>
  problem('unavailable', 'page.busy', {
    zh: '打印页面繁忙，请稍后再试',
    en: 'too many pages are being made: try again',
  });

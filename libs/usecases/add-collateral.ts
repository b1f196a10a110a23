import { err, ok, type Result } from 'neverthrow';
import type { CollateralClass } from '../domain/collateral.js';
import { paperKey } from '../domain/paper-key.js';
import { type Fault, fault, type Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import type { CaseCommand } from './loan-case.js';
import { invalidInput } from './problems.js';
import { type CollateralView, type SecurityPort, workOnSecurity } from './security-work.js';

export interface NewCollateral {
  readonly class: CollateralClass;
  readonly description: string;
  readonly ownerName: string;
  readonly certificateNo: string;
  readonly securedFen: number;
}

export interface AddCollateralPort extends SecurityPort {
  addCollateral(applicationId: string, collateral: NewCollateral, staffId: string, at: Date): Promise<string>;
}

/** Records a thing that secures the loan and the part of the loan that it secures (G3); the investigation's work. */
export function addCollateral(
  port: AddCollateralPort,
  actor: Actor,
  command: CaseCommand & { collateral: NewCollateral },
): Promise<Result<CollateralView, Problem>> {
  const { collateral } = command;
  const act = {
    name: 'collateral.add',
    done: { zh: '登记抵质押物', en: 'secured' },
    opinion: `登记抵质押物：${collateral.description}`,
  };
  return workOnSecurity(port, actor, command, 'investigation', act, async ({ loanCase, staffId }) => {
    const { id, amountFen } = loanCase.application;
    const key = paperKey(collateral.certificateNo);
    const faults: Fault[] = [];
    if (collateral.securedFen > amountFen) {
      faults.push(
        fault('/securedFen', 'collateral.secures-too-much', {
          zh: '担保金额大于申请金额',
          en: 'secures more than is applied for',
        }),
      );
    }
    const others = await port.collateralOf(id);
    if (key === '' || others.some((one) => !one.withdrawn && paperKey(one.certificateNo) === key)) {
      faults.push(
        fault('/certificateNo', 'collateral.certificate-taken', {
          zh: '权证号无效，或本笔申请已登记该权证',
          en: 'is no number, or secures this application already',
        }),
      );
    }
    if (faults.length > 0) return err(invalidInput(faults));
    const collateralId = await port.addCollateral(id, collateral, staffId, actor.at);
    return ok({ collateralId, told: collateral });
  });
}

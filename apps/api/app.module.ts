import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import type { Logger } from 'pino';
import { AuditController } from './audit/audit.controller.js';
import { CollateralController } from './collateral/collateral.controller.js';
import { FirmsController } from './collateral/firms.controller.js';
import { CommandRunner } from './http/command-runner.js';
import { ProblemFilter } from './http/problem.filter.js';
import { RateLimiter } from './http/rate-limits.js';
import { SERVICES, type Services } from './http/services.js';
import { SessionGuard } from './http/session.guard.js';
import { AccountsController } from './identity/accounts.controller.js';
import { OwnAccountController } from './identity/own-account.controller.js';
import { ProviderController } from './identity/provider.controller.js';
import { SessionsController } from './identity/sessions.controller.js';
import { ApplicationsController } from './intake/applications.controller.js';
import { CustomersController } from './intake/customers.controller.js';
import { DecisionsController } from './intake/decisions.controller.js';
import { ExplanationsController } from './intake/explanations.controller.js';
import { SearchController } from './intake/search.controller.js';
import { UnmaskController } from './intake/unmask.controller.js';
import { NotificationsController } from './notifications/notifications.controller.js';
import { WebhooksController } from './notifications/webhooks.controller.js';
import { AppointmentsController } from './organisation/appointments.controller.js';
import { AuthorityController } from './organisation/authority.controller.js';
import { OrganisationController } from './organisation/organisation.controller.js';
import { StaffController } from './organisation/staff.controller.js';
import { ImpactReportsController } from './rules/impact-reports.controller.js';
import { ImpactRunsController } from './rules/impact-runs.controller.js';
import { ProductStopsController } from './rules/product-stops.controller.js';
import { RuleAuthoringController } from './rules/rule-authoring.controller.js';
import { RuleBooksController } from './rules/rule-books.controller.js';
import { RuleDraftsController } from './rules/rule-drafts.controller.js';
import { type GuardedMetrics, METRICS, MetricsController } from './system/metrics.controller.js';
import { SystemController } from './system/system.controller.js';
import { CaseRunner } from './workflow/case-runner.js';
import { ChecksController } from './workflow/checks.controller.js';
import { DeliberationsController } from './workflow/deliberations.controller.js';
import { PapersController } from './workflow/papers.controller.js';
import { PostsController } from './workflow/posts.controller.js';
import { ReleaseController } from './workflow/release.controller.js';

@Module({})
export class AppModule {
  static with(services: Services, logger: Logger, limiter: RateLimiter, metrics: GuardedMetrics): DynamicModule {
    return {
      module: AppModule,
      imports: [DiscoveryModule],
      controllers: [
        SystemController,
        MetricsController,
        SessionsController,
        ProviderController,
        OwnAccountController,
        AccountsController,
        OrganisationController,
        AuthorityController,
        StaffController,
        AppointmentsController,
        CustomersController,
        UnmaskController,
        SearchController,
        ApplicationsController,
        DecisionsController,
        ExplanationsController,
        PostsController,
        ChecksController,
        DeliberationsController,
        CollateralController,
        FirmsController,
        PapersController,
        ReleaseController,
        RuleDraftsController,
        RuleBooksController,
        ImpactRunsController,
        ImpactReportsController,
        RuleAuthoringController,
        ProductStopsController,
        AuditController,
        NotificationsController,
        WebhooksController,
      ],
      providers: [
        { provide: SERVICES, useValue: services },
        { provide: RateLimiter, useValue: limiter },
        { provide: METRICS, useValue: metrics },
        { provide: APP_FILTER, useValue: new ProblemFilter(logger) },
        { provide: APP_GUARD, useClass: SessionGuard },
        CommandRunner,
        CaseRunner,
      ],
    };
  }
}

-- An application that has ended says when; one past intake was not blocked there and waits for nothing.
alter table loan_application drop constraint application_closed;
alter table loan_application add constraint application_closed
  check ((stage in ('released', 'refused', 'withdrawn', 'lapsed')) = (closed_at is not null));
alter table loan_application drop constraint application_past_intake;
alter table loan_application add constraint application_past_intake check (
  stage in ('intake', 'refused', 'withdrawn', 'lapsed')
  or (intake_verdict is not null and intake_verdict <> 'BLOCK' and waiting_for is null));

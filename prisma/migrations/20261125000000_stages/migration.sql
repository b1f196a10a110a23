-- The stages of the five posts (G1). In a migration of their own: new values of an enum are not usable before they are committed.
alter type application_stage add value 'review';
alter type application_stage add value 'deliberation';
alter type application_stage add value 'approval';
alter type application_stage add value 'contract';
alter type application_stage add value 'release';
alter type application_stage add value 'released';
alter type application_stage add value 'refused';
alter type application_stage add value 'lapsed';

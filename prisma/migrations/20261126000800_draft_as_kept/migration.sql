-- Submitting a draft puts its book into the form in which books are kept and addressed; what is checked and published is that.
do $outer$
declare
  whole text := pg_get_functiondef('draft_goes_by_its_table'::regproc);
  was text := $$then array['hash', 'effective_from', 'submitted_at']$$;
begin
  if position(was in whole) = 0 then
    raise exception 'draft_goes_by_its_table does not say: %', was;
  end if;
  execute replace(whole, was, $$then array['content', 'hash', 'effective_from', 'submitted_at']$$);
end $outer$;

-- A field that was there before is off while what stands in it is being read: a run would take it for empty.
alter table output_fields
    drop constraint output_fields_off_reason_check,
    add constraint output_fields_off_reason_check check (off_reason in ('deleted', 'retyped', 'admin', 'reading'));

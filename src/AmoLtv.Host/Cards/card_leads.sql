-- Leads of one customer that count (@Counted) or do not, from the @Skip-th, at most @Take, each with the number of all.
select count(*) over ()::int as total, verdict.lead_id, verdict.purchase_day as day, coalesce(verdict.amount, lead.price) as amount, verdict.kind,
       case when verdict.reason = 'notWon' then case when lead.status_id = 143 then 'lost' else 'open' end else verdict.reason end as reason,
       exclusion.comment
from lead_verdicts verdict
left join leads lead on lead.account_id = verdict.account_id and lead.lead_id = verdict.lead_id
left join lead_exclusions exclusion
    on verdict.reason = 'excludedByHand' and exclusion.account_id = verdict.account_id and exclusion.lead_id = verdict.lead_id and exclusion.revoked_at is null
where verdict.account_id = @Account
  and (@IsCompany and verdict.company_id = @Id or not @IsCompany and verdict.contact_id = @Id)
  and (@Counted and verdict.reason is null or not @Counted and verdict.reason is not null)
order by array_position(array['noAmount', 'noDate', 'excludedByHand', 'returned', 'otherPipeline', 'outsidePeriod', 'noCustomer', 'notWon', 'deleted'],
                        verdict.reason) nulls last,
         verdict.purchase_day desc nulls last, verdict.lead_id desc
offset @Skip limit @Take

using System.Globalization;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Generation;

/// <summary>Makes a draft a lead of the account: stage, amount, cost, channel, events.</summary>
internal sealed class LeadComposer(SandboxState state, SeededRandom random, IReadOnlyList<CompanyDraft> companies, long end)
{
    private const double ShareWithoutAmount = 0.03;
    private const double ShareWithCost = 0.6;
    private readonly long _firstCompany = state.Companies.Count == 0 ? 0 : state.Companies.All[0].Id;
    private readonly long _firstContact = state.Contacts.Count == 0 ? 0 : state.Contacts.All[0].Id;

    public void Place(LeadDraft draft)
    {
        var company = draft.Company < 0 ? null : companies[draft.Company];
        var pipeline = state.Pipeline(PipelineOf(draft, company))!;
        var channel = company is null || random.Chance(0.2) ? random.Below(AccountFurniture.Channels.Count) : company.Channel;
        var responsible = company?.Responsible ?? 77_002 + random.Below(2);
        var id = state.Leads.NextId;
        var lead = new Lead
        {
            Id = id,
            Name = string.Create(CultureInfo.InvariantCulture, $"Заказ {id - 20_000_000}"),
            Price = Amount(company),
            PipelineId = pipeline.Id,
            StatusId = StageOf(draft, pipeline),
            LossReasonId = draft.Outcome == LeadOutcome.Lost && random.Chance(0.9) ? random.Pick(state.LossReasons).Id : null,
            CompanyId = draft.Company < 0 ? null : _firstCompany + draft.Company,
            ContactIds = Contacts(draft, company),
            SourceId = random.Chance(0.5) ? state.Sources[channel].Id : null,
            TagIds = random.Chance(0.3) ? [state.Tags[channel].Id] : [],
            ResponsibleUserId = responsible,
            CreatedBy = responsible,
            UpdatedBy = responsible,
            CreatedAt = draft.Created,
            ClosedAt = draft.Closed,
            UpdatedAt = Math.Min(end, (draft.Closed ?? draft.Created) + random.Below(5 * 86_400)),
        };
        lead.Fields = Fields(draft, lead.Price, channel);
        state.Save(lead);
        Happen(lead, draft, pipeline);
    }

    private long PipelineOf(LeadDraft draft, CompanyDraft? company) =>
        company is { IsPartner: true } ? AccountFurniture.PartnersPipeline
        : draft.Outcome != LeadOutcome.Returned && !draft.IsFirst && random.Chance(0.6) ? AccountFurniture.RepeatPipeline
        : AccountFurniture.SalesPipeline;

    private long StageOf(LeadDraft draft, Pipeline pipeline)
    {
        // The sales pipeline alone has a stage of returns; it is its last ordinary one and holds nothing else.
        var ordinary = pipeline.Stages.Where(stage => stage is { Type: 0, IsEditable: true } && stage.Id != AccountFurniture.ReturnStage).ToList();
        return draft.Outcome switch
        {
            LeadOutcome.Won => Lead.Won,
            LeadOutcome.Lost => Lead.Lost,
            LeadOutcome.Returned when pipeline.Id == AccountFurniture.SalesPipeline => AccountFurniture.ReturnStage,
            _ => random.Pick(ordinary).Id,
        };
    }

    private decimal Amount(CompanyDraft? company)
    {
        if (random.Chance(ShareWithoutAmount))
        {
            return 0;
        }

        var amount = (decimal)random.LogNormal(company?.TypicalAmount ?? 40_000, 0.35);
        return state.Account.Brand == Brand.Kommo ? Math.Round(amount, 2) : Math.Max(100, Math.Round(amount / 100) * 100);
    }

    private long[] Contacts(LeadDraft draft, CompanyDraft? company)
    {
        if (draft.Contact < 0)
        {
            return [];
        }

        var main = _firstContact + draft.Contact;
        return company is { Contacts: > 1 } && random.Chance(0.2)
            ? [main, _firstContact + company.FirstContact + ((draft.Contact - company.FirstContact + 1) % company.Contacts)]
            : [main];
    }

    private FieldValue[] Fields(LeadDraft draft, decimal price, int channel)
    {
        var fields = new List<FieldValue>(2);
        if (draft.IsFirst || random.Chance(0.4))
        {
            fields.Add(new FieldValue(AccountFurniture.ChannelField, [new StoredValue(AccountFurniture.Channels[channel], ValueForm.Text, 910 + channel)]));
        }

        if (draft.Outcome == LeadOutcome.Won && price > 0 && random.Chance(ShareWithCost))
        {
            var cost = Math.Round(price * (decimal)(0.5 + (0.35 * random.Uniform())));
            fields.Add(new FieldValue(AccountFurniture.CostField, [new StoredValue(cost.ToString(CultureInfo.InvariantCulture))]));
        }

        return [.. fields];
    }

    private void Happen(Lead lead, LeadDraft draft, Pipeline pipeline)
    {
        void Event(string type, long at, StageAt? before = null, StageAt? after = null) =>
            state.Happened(new CrmEvent(type, EntityKind.Leads, lead.Id, lead.ResponsibleUserId, at, before, after));

        var first = new StageAt(pipeline.Id, pipeline.Stages.First(stage => stage.Type == 0).Id);
        var last = new StageAt(pipeline.Id, lead.StatusId);
        Event("lead_added", lead.CreatedAt);
        if (draft.Outcome == LeadOutcome.Returned)
        {
            var won = new StageAt(pipeline.Id, Lead.Won);
            Event("lead_status_changed", lead.CreatedAt + 60, first, won);
            Event("lead_status_changed", lead.UpdatedAt, won, last);
        }
        else if (last != first)
        {
            Event("lead_status_changed", lead.ClosedAt ?? lead.UpdatedAt, first, last);
        }
    }
}

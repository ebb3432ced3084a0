using AmoLtv.Core.Identity;
using AmoLtv.Core.Settings;

namespace AmoLtv.Core.Purchases;

/// <summary>Decides which leads count, and why the others do not.</summary>
/// <param name="settings">The account's.</param>
/// <param name="zone">The account's: days are cut in it.</param>
/// <param name="excludedByHand">Leads a person took out.</param>
/// <param name="lastDay">Purchases count up to this day: the run's local day, or the date fixed by hand.</param>
public sealed class LeadClassifier(AccountSettings settings, TimeZoneInfo zone, IReadOnlySet<LeadId> excludedByHand, DateOnly lastDay)
{
    /// <summary>
    /// The verdict before the period is applied (<see cref="LeadVerdict.Within"/>): the period ends at the as-of date,
    /// which is known only when every lead has its day. Of several reasons the first counts: deleted, excluded by hand,
    /// returned, not won or other pipeline, no amount, no date, no customer, later than the last day.
    /// </summary>
    public LeadVerdict Classify(Lead lead)
    {
        var (kind, stageReason) = KindOf(lead);
        var amount = AmountOf(lead, kind);
        var day = DayOf(lead, kind);
        var company = settings.Customer == CustomerRule.ContactOnly ? null : lead.Company;
        var reason = stageReason ?? MissingIn(amount, day, HasCustomer(company, lead.MainContact));
        return new LeadVerdict
        {
            Lead = lead.Id,
            Kind = reason is null ? kind : VerdictKind.Excluded,
            Reason = reason,
            Day = day,
            Amount = amount,
            Cost = CostOf(lead, amount),
            Company = company,
            Contact = lead.MainContact,
            Channel = ChannelOf(lead),
        };
    }

    private (VerdictKind Kind, ExclusionReason? Reason) KindOf(Lead lead)
    {
        if (lead.IsDeleted)
        {
            return (VerdictKind.Excluded, ExclusionReason.Deleted);
        }

        if (excludedByHand.Contains(lead.Id))
        {
            return (VerdictKind.Excluded, ExclusionReason.ExcludedByHand);
        }

        // A return stage may be status 142 of a pipeline of returns: it is asked before the won stages.
        return ReturnOf(lead.Stage) switch
        {
            ReturnKind.Reversal => (VerdictKind.Excluded, ExclusionReason.Returned),
            ReturnKind.CreditNote => (VerdictKind.CreditNote, null),
            _ when settings.WonStages.Counts(lead.Stage) => (VerdictKind.Purchase, null),
            _ => (VerdictKind.Excluded, lead.Stage.Status == StageKey.Won ? ExclusionReason.OtherPipeline : ExclusionReason.NotWon),
        };
    }

    private ReturnKind? ReturnOf(StageKey stage)
    {
        foreach (var entry in settings.Returns)
        {
            if (entry.Stage == stage)
            {
                return entry.Kind;
            }
        }

        return null;
    }

    private ExclusionReason? MissingIn(decimal? amount, DateOnly? day, bool hasCustomer)
    {
        if (amount is null or <= 0)
        {
            return ExclusionReason.NoAmount;
        }

        if (day is null)
        {
            return ExclusionReason.NoDate;
        }

        if (!hasCustomer)
        {
            return ExclusionReason.NoCustomer;
        }

        return day > lastDay ? ExclusionReason.OutsidePeriod : null;
    }

    private bool HasCustomer(CompanyId? company, ContactId? contact) =>
        company is not null || (settings.Customer != CustomerRule.CompanyOnly && contact is not null);

    /// <summary>A credit note may be entered as a negative sum or as a positive one: it takes off the same.</summary>
    private decimal? AmountOf(Lead lead, VerdictKind kind)
    {
        var amount = settings.AmountField is { } field ? FieldText.Money(lead.Fields.GetValueOrDefault(field)) : FieldText.Money(lead.Price);
        return kind == VerdictKind.CreditNote && amount is { } sum ? Math.Abs(sum) : amount;
    }

    private decimal? CostOf(Lead lead, decimal? amount) => settings.Cost switch
    {
        { Kind: CostKind.FixedMargin, MarginPercent: { } percent } => FieldText.Money(amount * (1 - (percent / 100))),
        { Kind: CostKind.Field, Field: { } field } => FieldText.Money(lead.Fields.GetValueOrDefault(field)) is { } cost and >= 0 ? cost : null,
        _ => null,
    };

    /// <summary>
    /// The chosen field, where it holds a date; else the closing time, which only closed stages have; else the first entry
    /// into a stage that counts. So a field left empty on one lead does not lose its purchase.
    /// </summary>
    private DateOnly? DayOf(Lead lead, VerdictKind kind)
    {
        if (settings.PurchaseDateField is { } field && FieldText.Day(lead.Fields.GetValueOrDefault(field), zone) is { } day)
        {
            return day;
        }

        if (lead.Stage.IsClosed && lead.ClosedAt is { } closed)
        {
            return AccountDays.DayOf(closed, zone);
        }

        var entered = lead.Entries.Where(entry => Counts(entry.Stage, kind)).Select(entry => (DateTimeOffset?)entry.EnteredAt).Min();
        return entered is { } moment ? AccountDays.DayOf(moment, zone) : null;
    }

    private bool Counts(StageKey stage, VerdictKind kind) => kind switch
    {
        VerdictKind.Purchase => settings.WonStages.Counts(stage) && ReturnOf(stage) is null,
        VerdictKind.CreditNote => ReturnOf(stage) == ReturnKind.CreditNote,
        _ => false,
    };

    private string? ChannelOf(Lead lead)
    {
        var channel = settings.Channel switch
        {
            { Kind: ChannelKind.Field, Field: { } field } => lead.Fields.GetValueOrDefault(field),
            { Kind: ChannelKind.Source } => lead.Source,
            { Kind: ChannelKind.Tag } => settings.Channel.Tags.FirstOrDefault(tag => lead.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase)),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(channel) ? null : channel.Trim();
    }
}

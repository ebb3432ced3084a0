using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Purchases;

/// <summary>What became of a lead: a purchase, a credit note, or excluded with its reason.</summary>
public sealed record LeadVerdict
{
    public required LeadId Lead { get; init; }

    public required VerdictKind Kind { get; init; }

    /// <summary>
    /// Why the lead is not summed; null where it is. A purchase before the account's period keeps its kind
    /// beside <see cref="ExclusionReason.OutsidePeriod"/>, since first purchase, relationship and lifetime use it.
    /// </summary>
    public ExclusionReason? Reason { get; init; }

    /// <summary>Day of the purchase in the account's time zone; null only where there is none.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Kopecks exact; of a credit note too a sum above 0.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Null where nobody knows: never 0 instead.</summary>
    public decimal? Cost { get; init; }

    public CompanyId? Company { get; init; }

    public ContactId? Contact { get; init; }

    public string? Channel { get; init; }

    /// <summary>Whether the lead is a purchase or credit note and enters the sums.</summary>
    public bool IsInPeriod => Kind != VerdictKind.Excluded && Reason is null;

    /// <summary>The customers whose history this lead belongs to; none where it is excluded.</summary>
    public IEnumerable<CustomerKey> Customers()
    {
        if (Kind == VerdictKind.Excluded)
        {
            yield break;
        }

        if (Company is { } company)
        {
            yield return new CustomerKey(CustomerScope.Company, company.Value);
        }

        if (Contact is { } contact)
        {
            yield return new CustomerKey(CustomerScope.Contact, contact.Value);
            if (Company is null)
            {
                yield return new CustomerKey(CustomerScope.DirectContact, contact.Value);
            }
        }
    }

    /// <summary>The verdict once the period is known: what lies before its first day is not summed.</summary>
    public LeadVerdict Within(DateOnly? periodStart) =>
        Kind != VerdictKind.Excluded && Day < periodStart ? this with { Reason = ExclusionReason.OutsidePeriod } : this;
}

using AmoLtv.Core.Identity;

namespace AmoLtv.Core.Purchases;

/// <summary>Sums a customer's entries, which come by day, then by lead.</summary>
internal sealed class HistorySums
{
    private readonly List<DateOnly> _days = [];
    private int _purchases;
    private int _withoutCost;
    private int _allPurchases;
    private decimal _revenue;
    private decimal _costedRevenue;
    private decimal _cost;
    private decimal _credits;
    private decimal _costedCredits;
    private decimal _creditCost;
    private string? _channel;

    public void Add(in HistoryEntry entry)
    {
        if (entry.Amount < 0)
        {
            AddCredit(entry);
            return;
        }

        _channel = _allPurchases == 0 ? entry.Channel : _channel;
        _allPurchases++;
        if (_days.Count == 0 || _days[^1] != entry.Day)
        {
            _days.Add(entry.Day);
        }

        if (entry.IsInPeriod)
        {
            AddPurchase(entry);
        }
    }

    public CustomerHistory ToHistory(CustomerKey key, IReadOnlyList<Movement> movements) => new()
    {
        Key = key,
        Purchases = _purchases,
        PurchaseRevenue = _revenue,
        CostedRevenue = _costedRevenue,
        PurchaseCost = _cost,
        PurchasesWithoutCost = _withoutCost,
        CreditNotes = _credits,
        CostedCreditNotes = _costedCredits,
        CreditNoteCost = _creditCost,
        AllPurchases = _allPurchases,
        PurchaseDays = _days,
        Channel = _channel,
        Movements = movements,
    };

    private void AddPurchase(in HistoryEntry entry)
    {
        _purchases++;
        _revenue += entry.Amount;
        if (entry.Cost is { } cost)
        {
            _costedRevenue += entry.Amount;
            _cost += cost;
        }
        else
        {
            _withoutCost++;
        }
    }

    private void AddCredit(in HistoryEntry entry)
    {
        if (!entry.IsInPeriod)
        {
            return;
        }

        _credits -= entry.Amount;
        if (entry.Cost is { } cost)
        {
            _costedCredits -= entry.Amount;
            _creditCost -= cost;
        }
    }
}

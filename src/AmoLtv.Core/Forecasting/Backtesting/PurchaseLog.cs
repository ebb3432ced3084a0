using System.Collections.Concurrent;
using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Purchases;
using AmoLtv.Core.Forecasting.Spending;

namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>
/// What is known of an account's purchases at the end of a day. A method is given a log and nothing else: what happened after its
/// day is not in it, so no method can look.
/// </summary>
public sealed class PurchaseLog
{
    /// <summary>Days of one unit of time: everything is in weeks.</summary>
    public const double DaysPerUnit = 7;

    private readonly Lazy<SpendFit> _spendFit;
    private readonly Lazy<PurchaseCells> _cells;
    private readonly Lazy<double?> _periodDays;
    private readonly ConcurrentDictionary<PurchaseModelKind, Lazy<PurchaseFit>> _fits = [];

    private PurchaseLog(CustomerPurchases[] customers, int asOfDay)
    {
        Customers = customers;
        AsOfDay = asOfDay;
        Histories = Array.ConvertAll(customers, customer => new RepeatSummary(
            customer.Days.Length - 1, (customer.Days[^1] - customer.Days[0]) / DaysPerUnit, (asOfDay - customer.Days[0]) / DaysPerUnit));
        RepeatSpends = Array.ConvertAll(customers, customer => SpendSummary.Of(Array.FindAll(customer.Amounts[1..], amount => amount > 0)));
        Spends = Array.ConvertAll(customers, customer => SpendSummary.Of(Array.FindAll(customer.Amounts, amount => amount > 0)));
        _spendFit = new Lazy<SpendFit>(() => SpendFitting.Fit(RepeatSpends));
        _cells = new Lazy<PurchaseCells>(() => PurchaseCells.From(Histories, SumOfLogGaps()));
        _periodDays = new Lazy<double?>(() => DiscreteTime.PeriodOf(customers.Select(customer => customer.Days)));
    }

    /// <summary>Customers with a purchase by <see cref="AsOfDay"/>, in the order of the whole log.</summary>
    public IReadOnlyList<CustomerPurchases> Customers { get; }

    /// <summary>The last day seen.</summary>
    public int AsOfDay { get; }

    /// <summary>The first day of a purchase.</summary>
    public int FirstDay => Customers.Min(customer => customer.Days[0]);

    /// <summary>Each customer's summary, in weeks.</summary>
    public RepeatSummary[] Histories { get; }

    /// <summary>Each customer's repeat purchases with a positive amount.</summary>
    public SpendSummary[] RepeatSpends { get; }

    /// <summary>Each customer's purchases with a positive amount, the first included.</summary>
    public SpendSummary[] Spends { get; }

    /// <summary>The base as cells for fitting.</summary>
    public PurchaseCells Cells => _cells.Value;

    /// <summary>The calendar period the purchases go by, in days; null where they happen at any time.</summary>
    public double? PeriodDays => _periodDays.Value;

    /// <summary>The Gamma-Gamma model of this log.</summary>
    public SpendFit SpendFit => _spendFit.Value;

    /// <summary>The fit of a model of continuous time to this log, made once.</summary>
    public PurchaseFit FitOf(PurchaseModelKind kind) => _fits.GetOrAdd(kind, asked => new Lazy<PurchaseFit>(() => PurchaseFitting.Fit(asked, Cells))).Value;

    /// <summary>Builds a log of purchases in any order as of the end of a day; purchases of one customer and day are one. Customers are ordered by number.</summary>
    public static PurchaseLog From(IEnumerable<(long Customer, int Day, double Amount)> purchases, int asOfDay) => new(
        [.. purchases.Where(purchase => purchase.Day <= asOfDay).GroupBy(purchase => purchase.Customer).OrderBy(group => group.Key).Select(Merge)],
        asOfDay);

    /// <summary>The log as it was at the end of an earlier day.</summary>
    public PurchaseLog Until(int day) => new(
        [.. Customers.Where(customer => customer.Days[0] <= day).Select(customer => (Customer: customer, Count: customer.CountUntil(day)))
            .Select(known => new CustomerPurchases(known.Customer.Days[..known.Count], known.Customer.Amounts[..known.Count]))],
        day);

    private static CustomerPurchases Merge(IEnumerable<(long Customer, int Day, double Amount)> purchases)
    {
        var days = purchases.GroupBy(purchase => purchase.Day).OrderBy(day => day.Key).ToArray();
        return new CustomerPurchases(Array.ConvertAll(days, day => day.Key), Array.ConvertAll(days, day => day.Sum(purchase => purchase.Amount)));
    }

    private double SumOfLogGaps() => Customers.Sum(customer => customer.Days.Zip(customer.Days.Skip(1), (first, second) => Math.Log((second - first) / DaysPerUnit)).Sum());
}

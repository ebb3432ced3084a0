using System.Collections.Concurrent;
using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Forecasting.Fitting;
using AmoLtv.Core.Forecasting.Purchases;
using AmoLtv.Core.Forecasting.Spending;

namespace AmoLtv.Core.Forecasting.Backtesting;

/// <summary>
/// What is known of an account's purchases at the end of a day. A method is given a log and nothing else: what happened after its
/// day is not in it, so no method can look. Days are day numbers of <see cref="DateOnly"/>, amounts are in the account's currency.
/// </summary>
public sealed class PurchaseLog
{
    /// <summary>Days of one unit of time: everything is in weeks.</summary>
    public const double DaysPerUnit = 7;

    private readonly Lazy<LearnedSpend> _spend;
    private readonly Lazy<SpendDrift> _drift;
    private readonly Lazy<PurchaseCells> _cells;
    private readonly Lazy<double?> _periodDays;
    private readonly Lazy<DiscreteFit?> _discreteFit;
    private readonly Lazy<SpendSummary[]> _repeatSpends;
    private readonly Lazy<SpendSummary[]> _spends;
    private readonly ConcurrentDictionary<PurchaseModelKind, Lazy<PurchaseFit>> _fits = [];
    private readonly ConcurrentDictionary<int, ForecastSubject[]> _subjects = [];

    private PurchaseLog(CustomerPurchases[] customers, int asOfDay, PurchaseCells? cells = null)
    {
        Customers = customers;
        AsOfDay = asOfDay;
        Histories = Array.ConvertAll(customers, customer => new RepeatSummary(
            customer.Days.Length - 1, (customer.Days[^1] - customer.Days[0]) / DaysPerUnit, (asOfDay - customer.Days[0]) / DaysPerUnit));
        _repeatSpends = new Lazy<SpendSummary[]>(() => Array.ConvertAll(customers, customer => customer.ReturnsReachRevenue ? default : SpendSummary.OfPositive(customer.Amounts.AsSpan(1))));
        _spends = new Lazy<SpendSummary[]>(() => Array.ConvertAll(customers, customer => customer.ReturnsReachRevenue ? default : SpendSummary.OfPositive(customer.Amounts)));
        _spend = new Lazy<LearnedSpend>(() => LearnedSpend.Learn(RepeatSpends, Spends));
        _drift = new Lazy<SpendDrift>(LearnDrift);
        _cells = new Lazy<PurchaseCells>(() => cells ?? PurchaseCells.From(Histories, SumOfLogGaps()));
        _periodDays = new Lazy<double?>(() => DiscreteTime.PeriodOf(customers.Select(customer => customer.Days)));
        _discreteFit = new Lazy<DiscreteFit?>(() => PeriodDays is { } period ? DiscreteMethod.Fit(this, period) : null);
    }

    /// <summary>Customers with a purchase by <see cref="AsOfDay"/>, in the order of the whole log.</summary>
    public IReadOnlyList<CustomerPurchases> Customers { get; }

    /// <summary>The last day seen.</summary>
    public int AsOfDay { get; }

    /// <summary>The first day of a purchase.</summary>
    /// <exception cref="InvalidOperationException">The log has no customer.</exception>
    public int FirstDay => Customers.Min(customer => customer.Days[0]);

    /// <summary>The last day of a purchase.</summary>
    /// <exception cref="InvalidOperationException">The log has no customer.</exception>
    public int LastDay => Customers.Max(customer => customer.Days[^1]);

    /// <summary>Each customer's summary, in weeks.</summary>
    public RepeatSummary[] Histories { get; }

    /// <summary>Each customer's repeat purchases with a positive amount.</summary>
    public SpendSummary[] RepeatSpends => _repeatSpends.Value;

    /// <summary>Each customer's purchases with a positive amount, the first included.</summary>
    public SpendSummary[] Spends => _spends.Value;

    /// <summary>The base as cells for fitting.</summary>
    /// <exception cref="ArgumentException">The log has no customer.</exception>
    public PurchaseCells Cells => _cells.Value;

    /// <summary>The calendar period the purchases go by, in days; null where they happen at any time.</summary>
    public double? PeriodDays => _periodDays.Value;

    /// <summary>What this log tells of the value of a purchase.</summary>
    public LearnedSpend Spend => _spend.Value;

    /// <summary>How the value of a repeat purchase drifts within this log's customers.</summary>
    public SpendDrift Drift => _drift.Value;

    /// <summary>The Gamma-Gamma model of this log.</summary>
    public SpendFit SpendFit => Spend.Fit;

    /// <summary>The fit of BG/BB to this log's calendar periods, made once; null where there are none.</summary>
    public DiscreteFit? DiscreteFit => _discreteFit.Value;

    /// <summary>The fit of a model of continuous time to this log, made once.</summary>
    /// <exception cref="ArgumentException">The log has no customer.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is BG/BB, and the log is not refused.</exception>
    public PurchaseFit FitOf(PurchaseModelKind kind) => _fits.GetOrAdd(kind, asked => new Lazy<PurchaseFit>(() => asked == PurchaseModelKind.MbgCnbd
        ? PurchaseFitting.FitErlang(Cells, FitOf(PurchaseModelKind.MbgNbd))
        : PurchaseFitting.Fit(asked, Cells))).Value;

    /// <summary>Builds a log of purchases in any order as of the end of a day; purchases of one customer and day are one. Customers are ordered by number.</summary>
    public static PurchaseLog From(IEnumerable<(long Customer, int Day, double Amount)> purchases, int asOfDay) => new(
        [.. purchases.Where(purchase => purchase.Day <= asOfDay).GroupBy(purchase => purchase.Customer).OrderBy(group => group.Key).Select(Merge)],
        asOfDay);

    /// <summary>Builds a log of customers whose days are ascending and distinct; days after <paramref name="asOfDay"/> are left out, and customers without another.</summary>
    public static PurchaseLog Of(IEnumerable<CustomerPurchases> customers, int asOfDay) => new(
        [.. customers.Where(customer => customer.Days.Length > 0 && customer.Days[0] <= asOfDay)
            .Select(customer => customer.Days[^1] <= asOfDay ? customer : customer.Until(asOfDay) with { Revenue = customer.Revenue, Margin = customer.Margin, Returns = customer.Returns })],
        asOfDay);

    /// <summary>The customers as subjects of a forecast, in the order of <see cref="Customers"/>, for a window of the horizon's length.</summary>
    public ForecastSubject[] Subjects(int horizonDays) => _subjects.GetOrAdd(horizonDays, days => [.. Customers.Select(customer => customer.Subject(AsOfDay, days))]);

    /// <summary>The log as it was at the end of an earlier day.</summary>
    public PurchaseLog Until(int day) => new(
        [.. Customers.Where(customer => customer.Days[0] <= day).Select(customer => customer.Until(day))], day);

    /// <summary>
    /// A smaller log of about <paramref name="size"/> customers, evenly spaced in the order of the log within each stratum of repeats (0, 1,
    /// 2 to 3, 4 to 7, 8 and more), of each stratum its proportion. Models are still fitted to the whole base where it merges to
    /// so few cells.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
    public PurchaseLog Sample(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (Customers.Count <= size)
        {
            return this;
        }

        var kept = new List<int>(size + 8);
        foreach (var stratum in Enumerable.Range(0, Customers.Count).GroupBy(i => Stratum(Histories[i].Repeats)))
        {
            var members = stratum.ToArray();
            var count = Math.Max(1, (int)Math.Round((double)members.Length * size / Customers.Count));
            kept.AddRange(Enumerable.Range(0, count).Select(k => members[(int)((k + 0.5) * members.Length / count)]));
        }

        kept.Sort();
        return new PurchaseLog([.. kept.Select(i => Customers[i])], AsOfDay, Cells.Count <= size ? Cells : null);
    }

    // 0, 1, 2..3, 4..7, 8 and more.
    private static int Stratum(int repeats) => repeats == 0 ? 0 : Math.Min(4, System.Numerics.BitOperations.Log2((uint)repeats) + 1);

    private static CustomerPurchases Merge(IEnumerable<(long Customer, int Day, double Amount)> purchases)
    {
        var days = purchases.GroupBy(purchase => purchase.Day).OrderBy(day => day.Key).ToArray();
        return new CustomerPurchases(Array.ConvertAll(days, day => day.Key), Array.ConvertAll(days, day => day.Sum(purchase => purchase.Amount)));
    }

    private SpendDrift LearnDrift()
    {
        var purchases = new List<(int Customer, double Time, double Value)>();
        long days = 0;
        for (var c = 0; c < Customers.Count; c++)
        {
            var customer = Customers[c];
            for (var i = 1; !customer.ReturnsReachRevenue && i < customer.Days.Length; i++)
            {
                if (customer.Amounts[i] > 0)
                {
                    purchases.Add((c, (customer.Days[i] - AsOfDay) / DaysPerUnit, customer.Amounts[i]));
                    days += customer.Days[i];
                }
            }
        }

        return new SpendDrift(SpendTrend.Fit(purchases), purchases.Count > 0 ? (double)days / purchases.Count : AsOfDay);
    }

    private double SumOfLogGaps()
    {
        double sum = 0;
        foreach (var customer in Customers)
        {
            double own = 0;
            for (var i = 1; i < customer.Days.Length; i++)
            {
                own += Math.Log((customer.Days[i] - customer.Days[i - 1]) / DaysPerUnit);
            }

            sum += own;
        }

        return sum;
    }
}

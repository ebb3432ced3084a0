using AmoLtv.AmoCrm.Transport;

namespace AmoLtv.AmoCrm.Tests.Transport;

/// <summary>
/// Processes that lease slots of one schedule, played through in steps of a millisecond: each with a stopwatch of its own, answers that
/// take a while, and requests that come by night (always some waiting) or from persons (now and then).
/// </summary>
internal sealed class SharedScheduleSimulation(double rate, int seed)
{
    private static readonly DateTimeOffset Zero = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Random _random = new(seed);
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(1 / rate);
    private readonly List<Worker> _workers = [];
    private DateTimeOffset _free = Zero;
    private TimeSpan _now;

    /// <summary>Moments at which requests left, of all processes, by the shared clock.</summary>
    public List<TimeSpan> Sent { get; } = [];

    /// <summary>How long each person's request waited.</summary>
    public List<TimeSpan> Waits { get; } = [];

    public int Leases { get; private set; }

    /// <summary>Whether the schedule can be asked.</summary>
    public bool IsAway { get; set; }

    /// <param name="night">Requests that always wait.</param>
    /// <param name="cardEvery">Mean time between two requests of persons, null for none.</param>
    public Worker Start(int night, TimeSpan? cardEvery = null)
    {
        var worker = new Worker(
            new LeasedSlots(_interval, processes: 1, Zero.AddHours(_random.Next(-3, 4))), TimeSpan.FromSeconds(_random.Next(0, 10_000)) - _now, night, cardEvery);
        _workers.Add(worker);
        return worker;
    }

    /// <summary>A process is gone with what it had leased.</summary>
    public void Kill(Worker worker) => _workers.Remove(worker);

    public void Run(TimeSpan span)
    {
        for (var end = _now + span; _now < end; _now += TimeSpan.FromMilliseconds(1))
        {
            foreach (var worker in _workers)
            {
                Step(worker);
            }
        }
    }

    /// <summary>The most requests within any second.</summary>
    public int MostInASecond()
    {
        var sent = Sent.Order().ToList();
        var (most, begin) = (0, 0);
        for (var end = 0; end < sent.Count; end++)
        {
            while (sent[end] - sent[begin] >= TimeSpan.FromSeconds(1))
            {
                begin++;
            }

            most = Math.Max(most, end - begin + 1);
        }

        return most;
    }

    private void Step(Worker worker)
    {
        var stopwatch = worker.Stopwatch + _now;
        if (worker.CardEvery is { } mean && _random.NextDouble() < 1 / mean.TotalMilliseconds)
        {
            worker.Cards.Enqueue(_now);
        }

        if (worker.Answer is { } answer && answer.At <= _now)
        {
            worker.Answer = null;
            worker.Slots.Take(answer.Asked, answer.Answer, answer.SentAt, stopwatch);
        }

        var slot = worker.Slots.NextSlot(worker.Previous, stopwatch);
        if (worker.Slots.Demand(stopwatch, worker.Night + worker.Cards.Count, worker.Cards.Count) is { } demand)
        {
            worker.Answer = new Journey(_now + TimeSpan.FromMilliseconds(_random.Next(1, 8)), stopwatch, demand, Ask(demand));
        }

        if (slot is { } due && due <= stopwatch && (worker.Night > 0 || worker.Cards.Count > 0))
        {
            worker.Slots.Use(due);
            worker.Previous = due;
            Sent.Add(_now);
            if (worker.Cards.TryDequeue(out var came))
            {
                Waits.Add(_now - came);
            }
        }
    }

    /// <summary>What the one statement in the database does.</summary>
    private PermitAnswer? Ask(PermitDemand demand)
    {
        if (IsAway)
        {
            return null;
        }

        var now = Zero + _now;
        if (!demand.IsUrgent && _free > now + demand.Ahead)
        {
            return new PermitAnswer(now, null, _free, null);
        }

        Leases++;
        var start = _free > now ? _free : now;
        _free = start + (demand.Interval * demand.Slots);
        return new PermitAnswer(now, start, _free, null);
    }

    internal sealed class Worker(LeasedSlots slots, TimeSpan stopwatch, int night, TimeSpan? cardEvery)
    {
        public LeasedSlots Slots { get; } = slots;

        /// <summary>What its stopwatch shows when the simulation is at zero.</summary>
        public TimeSpan Stopwatch { get; } = stopwatch;

        public int Night { get; set; } = night;

        public TimeSpan? CardEvery { get; } = cardEvery;

        public Queue<TimeSpan> Cards { get; } = new();

        public TimeSpan? Previous { get; set; }

        public Journey? Answer { get; set; }
    }

    internal sealed record Journey(TimeSpan At, TimeSpan SentAt, PermitDemand Asked, PermitAnswer? Answer);
}

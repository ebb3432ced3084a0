using AmoLtv.Sandbox.Control;

namespace AmoLtv.Sandbox.Api;

/// <summary>
/// The CRM's limits: a sliding second per integration and one per account; who keeps running into them is blocked for a while.
/// Sliding, so that a burst over the border of two seconds does not pass.
/// </summary>
internal sealed class RateGate(double perIntegration)
{
    private const int ViolationsToBlock = 50;
    private static readonly TimeSpan ViolationWindow = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BlockFor = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, Queue<DateTimeOffset>> _admitted = [];
    private readonly Queue<DateTimeOffset> _account = [];
    private readonly Queue<DateTimeOffset> _violations = [];
    private DateTimeOffset _blockedUntil = DateTimeOffset.MinValue;

    /// <summary>Counts the request if it is admitted. Refused requests take no place in the window.</summary>
    public RateVerdict Admit(string clientId, DateTimeOffset now)
    {
        if (now < _blockedUntil)
        {
            return RateVerdict.Blocked;
        }

        if (!_admitted.TryGetValue(clientId, out var own))
        {
            _admitted.Add(clientId, own = []);
        }

        // A rate below one a second widens the window instead: 0.5 is one in two seconds.
        var window = Statistics.Window(perIntegration);
        Forget(own, now, window);
        Forget(_account, now, window);
        if (own.Count < Math.Max(1, (int)perIntegration) && _account.Count < Math.Max(1, (int)(perIntegration * 50 / 7)))
        {
            own.Enqueue(now);
            _account.Enqueue(now);
            return RateVerdict.Admitted;
        }

        return Violated(now);
    }

    /// <summary>What support does when it is asked: the block ends, old violations are forgotten.</summary>
    public void Lift()
    {
        _blockedUntil = DateTimeOffset.MinValue;
        _violations.Clear();
    }

    private RateVerdict Violated(DateTimeOffset now)
    {
        Forget(_violations, now, ViolationWindow);
        _violations.Enqueue(now);
        if (_violations.Count >= ViolationsToBlock)
        {
            _blockedUntil = now + BlockFor;
            _violations.Clear();
        }

        return RateVerdict.Throttled;
    }

    private static void Forget(Queue<DateTimeOffset> moments, DateTimeOffset now, TimeSpan window)
    {
        // A moment ahead of now: the clock was set back.
        while (moments.TryPeek(out var oldest) && (oldest <= now - window || oldest > now))
        {
            moments.Dequeue();
        }
    }
}

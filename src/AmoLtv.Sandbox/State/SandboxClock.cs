namespace AmoLtv.Sandbox.State;

/// <summary>The sandbox's time: starts where it is told, runs at a scale, can be set and moved. Never goes by itself backwards.</summary>
public sealed class SandboxClock
{
    private readonly TimeProvider _machine;
    private readonly Lock _gate = new();
    private DateTimeOffset _from;
    private long _since;
    private double _scale;

    public SandboxClock(TimeProvider machine, DateTimeOffset? start, double scale)
    {
        _machine = machine;
        _from = start ?? machine.GetUtcNow();
        _since = machine.GetTimestamp();
        _scale = scale;
    }

    /// <summary>Sandbox seconds in a real second, above 0.</summary>
    public double Scale
    {
        get
        {
            lock (_gate)
            {
                return _scale;
            }
        }

        set
        {
            lock (_gate)
            {
                Settle();
                _scale = value;
            }
        }
    }

    public DateTimeOffset Now
    {
        get
        {
            lock (_gate)
            {
                return Read();
            }
        }

        set
        {
            lock (_gate)
            {
                Settle();
                _from = value;
            }
        }
    }

    /// <summary>Unix seconds, as every timestamp of the CRM.</summary>
    public long Seconds => Now.ToUnixTimeSeconds();

    public void Advance(TimeSpan span)
    {
        lock (_gate)
        {
            Settle();
            _from += span;
        }
    }

    private DateTimeOffset Read() => _from + (_machine.GetElapsedTime(_since) * _scale);

    private void Settle()
    {
        _from = Read();
        _since = _machine.GetTimestamp();
    }
}

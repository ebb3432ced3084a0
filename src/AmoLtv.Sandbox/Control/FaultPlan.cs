namespace AmoLtv.Sandbox.Control;

/// <summary>Failures that are still to happen.</summary>
internal sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];

    public void Order(Fault fault)
    {
        lock (_gate)
        {
            _faults.Add(fault);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
        }
    }

    /// <summary>The failure that this request meets, if any; it is used up.</summary>
    public FaultKind? Meet(string method, string path)
    {
        lock (_gate)
        {
            for (var place = 0; place < _faults.Count; place++)
            {
                var fault = _faults[place];
                if (!fault.Matches(method, path))
                {
                    continue;
                }

                if (fault.After > 0)
                {
                    _faults[place] = fault with { After = fault.After - 1 };
                    continue;
                }

                if (fault.Count > 1)
                {
                    _faults[place] = fault with { Count = fault.Count - 1 };
                }
                else
                {
                    _faults.RemoveAt(place);
                }

                return fault.Kind;
            }

            return null;
        }
    }
}

namespace AmoLtv.Night;

/// <summary>Who is killed and when: spread over a night by how much of it is done, so that kills hit work however fast the machine is.</summary>
internal sealed class KillPlan
{
    private readonly IReadOnlyList<(double At, int Place)> _kills;

    /// <param name="kills">How many.</param>
    /// <param name="processes">Among how many processes.</param>
    /// <param name="seed">Decides the rest.</param>
    public KillPlan(int kills, int processes, int seed)
    {
        // Numbers alone: nothing here has to be unpredictable.
        var random = new Random(seed);
        _kills = [.. Enumerable.Range(0, kills).Select(_ => (random.NextDouble(), random.Next(processes))).OrderBy(kill => kill.Item1)];
    }

    public int Done { get; private set; }

    public bool IsOver => Done == _kills.Count;

    /// <summary>The process whose turn has come; null where none has.</summary>
    /// <param name="done">Part of the night's accounts that are finished, 0..1.</param>
    public int? Next(double done)
    {
        if (IsOver || _kills[Done].At > done)
        {
            return null;
        }

        return _kills[Done++].Place;
    }
}

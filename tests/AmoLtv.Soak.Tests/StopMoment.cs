namespace AmoLtv.Soak;

/// <summary>Where in a request a process is stopped.</summary>
internal enum StopMoment
{
    /// <summary>Before it leaves: the CRM never hears of it.</summary>
    Before,

    /// <summary>On its way: the CRM carries it out, nobody hears the answer.</summary>
    During,

    /// <summary>When the answer has come and nothing was done with it.</summary>
    After,
}

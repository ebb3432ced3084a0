namespace AmoLtv.AmoCrm.Transport;

/// <summary>What the shared schedule gave. All times are by the clock that all processes share.</summary>
/// <param name="Now">When the schedule was read.</param>
/// <param name="Start">The first of the slots given; null where none was.</param>
/// <param name="Free">From when on the schedule is free, after this answer.</param>
/// <param name="Circuit">What the account's circuit is held open for, null while it is closed.</param>
public sealed record PermitAnswer(DateTimeOffset Now, DateTimeOffset? Start, DateTimeOffset Free, OpenCircuit? Circuit);

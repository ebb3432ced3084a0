namespace AmoLtv.AmoCrm.Transport;

/// <summary>With whom a process shares a permitted rate.</summary>
/// <param name="Processes">That may share it where the schedule cannot be asked, at least 1.</param>
/// <param name="Learn">Told what each answer of the schedule says of the account's circuit.</param>
public sealed record SharedRate(BudgetKey Key, IRequestPermits Permits, int Processes, Action<OpenCircuit?> Learn);

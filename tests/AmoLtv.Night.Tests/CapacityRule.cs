namespace AmoLtv.Night;

/// <summary>
/// Predicts what a number of accounts needs from what one costs. Straight lines: accounts share nothing but the server, and nothing of one
/// grows with the number of others.
/// </summary>
internal static class CapacityRule
{
    /// <summary>Of a processor's time that is planned for: the rest is for peaks and for a process that is being restarted.</summary>
    private const double Utilisation = 0.7;

    /// <summary>Requests a second of one account, and of one address (<c>Crm:RequestsPerSecond</c>, <c>Crm:EgressPerSecond</c>).</summary>
    private const double AccountRate = 6;
    private const double AddressRate = 100;

    /// <summary>Accounts a process runs at once (<c>Scheduling:MaxRunsAtOnce</c>).</summary>
    private const int RunsAtOnce = 4;

    /// <summary>Of one process: nights, cards, and the one that says it lives.</summary>
    private const int ConnectionsOfProcess = 30 + 10 + 1;

    /// <summary>An account is read whole once in so many nights.</summary>
    private const double WholeEvery = 7;

    /// <summary>Days for which written fields and for which results are kept (<c>Retention</c>), within the year that is looked at.</summary>
    private const double FieldDays = 180;
    private const double ResultDays = 365;

    private const double BusiestHour = 2;
    private const double MibInGib = 1024;

    // Where one server beside the service, and one server at all, end: its connections, its processors, and what can be restored in a night.
    private const int OwnConnections = 400;
    private const double OwnGib = 200;
    private const int ServerProcessors = 64;
    private const double ServerGib = 4096;

    public static CapacityPlan Predict(int accounts, CapacityMix mix, CapacityUnits units)
    {
        var leads = accounts * mix.LeadsOnAverage;
        var seconds = mix.WindowHours * 3600;
        var work = (accounts * units.CpuSecondsPerAccount.Value) + (leads / 1000 * units.CpuSecondsPerThousandLeads.Value);
        var requests = Requests(accounts, leads, mix, units);
        // At the permitted rate a run takes as long as its requests, whatever it computes.
        var atOnce = requests / AccountRate / seconds / RunsAtOnce;
        var processes = Up(Math.Max(work / (seconds * Utilisation), atOnce));
        work += processes * units.CpuSecondsPerProcess.Value;
        var processors = Up(work / (seconds * Utilisation));
        var gib = DatabaseGib(accounts, leads, mix, units);
        var cards = accounts * mix.CardsInADay / (mix.CardHours * 3600) * BusiestHour;
        var cardProcessors = Up(cards / (units.CardsPerSecondAndProcessor.Value * Utilisation));
        var connections = Math.Max(processes, Up(cardProcessors / 2.0)) * ConnectionsOfProcess;
        return new CapacityPlan(
            accounts, (long)leads, Math.Round(work / 3600, 1), processors, processes,
            (int)(units.ProcessMib.Value + (mix.LargestLeads / 1000.0 * units.ProcessMibPerThousandLeads.Value)),
            (long)requests, Up(requests / (seconds * AddressRate * Utilisation)), Math.Round(gib, 1), connections, Math.Round(cards, 1), cardProcessors,
            Step(gib, connections, Math.Max(processors, cardProcessors)));
    }

    /// <summary>The first that carries it.</summary>
    public static DatabaseStep Step(double gib, int connections, int processors) =>
        gib > ServerGib || processors > ServerProcessors ? DatabaseStep.Spread
        : gib > OwnGib || connections > OwnConnections ? DatabaseStep.Managed
        : DatabaseStep.Own;

    private static double Requests(int accounts, double leads, CapacityMix mix, CapacityUnits units) =>
        (accounts * units.RequestsPerNight.Value)
        + (leads * mix.ChangedInADay * units.RequestsPerChangedLead.Value)
        + (leads * units.RequestsPerLeadOfWholeScan.Value / WholeEvery);

    /// <summary>A changed lead leaves at most as much behind as a lead takes: half of it results, half of it fields that were written.</summary>
    private static double DatabaseGib(int accounts, double leads, CapacityMix mix, CapacityUnits units)
    {
        var history = mix.ChangedInADay * (FieldDays + ResultDays) / 2;
        return ((accounts * units.DatabaseMibPerAccount.Value) + (leads / 1000 * units.DatabaseMibPerThousandLeads.Value * (1 + history))) / MibInGib;
    }

    private static int Up(double value) => Math.Max(1, (int)Math.Ceiling(value));
}

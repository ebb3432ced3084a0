using System.Globalization;
using System.Text;

namespace AmoLtv.Night;

/// <summary><c>docs/capacity.md</c>: the prediction, what it is made of, and when PostgreSQL is to be spread.</summary>
internal static class CapacityPage
{
    public static readonly int[] Sizes = [1_000, 10_000, 100_000];

    private const string Head =
        """
        # Capacity

        How many processes, addresses and processors so many accounts need, and how large their database becomes. Written by
        `tests/night.sh capacity` from the units below; a test holds that this page is what the command prints. It is a prediction: nobody has
        run a hundred thousand accounts. What was run stands beside each unit.
        """;

    private const string Rules =
        """
        Processors are planned for seven tenths of their time. Processes are as many as processors, and as many as keep so many accounts at once
        that the CRM's six requests a second and account leave the night time enough. An address sends a hundred requests a second at most. Connections
        are what all processes may hold at once (30 for nights, 10 for cards, one for being alive, each). A year's database holds each lead once, and what
        changed for as long as retention keeps it.

        ## PostgreSQL, step by step

        | step | until | why |
        | --- | --- | --- |
        | own | 400 connections, 200 GiB | one server beside the service; a dump is restored within an hour or two |
        | managed | 64 processors, 4 TiB | a server of its own with a standby that takes over, and backups by log instead of dumps. Cards read what the night just wrote, and every process claims accounts there: replicas that lag are of no use to either, and the service has no setting for them; a standby is for taking over |
        | spread | – | several servers, Citus for example, by `account_id`: every table, key and index begins with it (a test of the conventions holds that) and no statement of a run reads two accounts, so that each account's work stays on one server. Quartz's tables and the few of the whole service stay on the first |

        A pooler between the service and PostgreSQL has to keep sessions (decision 0004): by transactions it would hide which process lives. More
        connections than a server likes are therefore the first reason to leave the first step, and fewer, larger processes the first thing to try:
        `Scheduling:MaxRunsAtOnce`, `Maximum Pool Size`.

        Spreading was not run here; what was is the rule that makes it possible.
        """;

    public static string Write(CapacityUnits units, CapacityMix mix)
    {
        var page = new StringBuilder(Head).Append("\n\n");
        page.Append("| accounts | leads | processor hours a night | processors | processes | MiB of one | requests a night | addresses | database after a year, GiB | connections | cards a second | processors for cards | PostgreSQL |\n");
        page.Append("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var plan in Sizes.Select(accounts => CapacityRule.Predict(accounts, mix, units)))
        {
            page.Append(Invariant($"| {plan.Accounts:N0} | {plan.Leads:N0} | {plan.CpuHours:N1} | {plan.Processors:N0} | {plan.Processes:N0} | {plan.ProcessMib:N0} | {plan.Requests:N0} | {plan.Addresses:N0} | {plan.DatabaseGib:N1} | {plan.Connections:N0} | {plan.CardsPerSecond:N1} | {plan.CardProcessors:N0} | {Name(plan.Step)} |\n"));
        }

        page.Append("\n## What it is made of\n\nAssumed: ").AppendJoin(", ", mix.Sizes.Select(size => Invariant($"{size.Part:P1} of the accounts with {size.Leads:N0} leads")));
        page.Append(Invariant($"; {mix.ChangedInADay:P1} of the leads change in a day; the night has {mix.WindowHours:0} hours; {mix.CardsInADay:0} cards are opened in an account in a day of {mix.CardHours:0} hours, twice as many in the busiest hour.\n\n"));
        page.Append("Measured:\n\n| unit | value | by |\n| --- | --- | --- |\n");
        foreach (var (name, unit) in units.All())
        {
            page.Append(Invariant($"| `{name}` | {unit.Value} | {unit.Source} |\n"));
        }

        return page.Append('\n').Append(Rules).Append('\n').ToString();
    }

    private static string Name(DatabaseStep step) => step.ToString().ToLowerInvariant();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

namespace AmoLtv.Host.Observing;

/// <summary>How all accounts of the database stand at one moment, counted by kinds of which there are few.</summary>
/// <param name="Accounts">By the state of their connection and the age of what is known of them.</param>
/// <param name="Queues">What waits to be done.</param>
/// <param name="Grants">Grants that work, by kind.</param>
/// <param name="Circuits">Accounts that are asked nothing for the time being, by why.</param>
/// <param name="AccountsThatEndProcesses">Accounts of which a step ended with its process more often in a row than is forgiven.</param>
/// <param name="DatabaseBytes">Of the whole database.</param>
internal sealed record Census(
    IReadOnlyList<CountedAccounts> Accounts, IReadOnlyList<CountedQueue> Queues, IReadOnlyList<CountedGrants> Grants,
    IReadOnlyList<CountedCircuits> Circuits, long AccountsThatEndProcesses, long DatabaseBytes);

namespace AmoLtv.Night;

/// <summary>What so many accounts need.</summary>
/// <param name="Accounts">How many.</param>
/// <param name="Leads">Of all of them.</param>
/// <param name="CpuHours">Processor time of a night, PostgreSQL's with it.</param>
/// <param name="Processors">That do it within the window.</param>
/// <param name="Processes">Of the service, one a processor, and as many as keep enough accounts at once for the CRM's permitted rate.</param>
/// <param name="ProcessMib">Memory of one, the largest account in it.</param>
/// <param name="Requests">To the CRM in a night.</param>
/// <param name="Addresses">They have to leave from.</param>
/// <param name="DatabaseGib">After a year, what retention keeps with it.</param>
/// <param name="Connections">All processes may hold at once.</param>
/// <param name="CardsPerSecond">In the busiest hour.</param>
/// <param name="CardProcessors">That answer them.</param>
/// <param name="Step">How PostgreSQL is set up for it.</param>
internal sealed record CapacityPlan(
    int Accounts, long Leads, double CpuHours, int Processors, int Processes, int ProcessMib, long Requests, int Addresses, double DatabaseGib,
    int Connections, double CardsPerSecond, int CardProcessors, DatabaseStep Step);

namespace AmoLtv.AmoCrm.Transport;

/// <summary>How much of the shared permitted rate a process asks for.</summary>
/// <param name="Slots">Requests it wants to send, at least 1.</param>
/// <param name="Interval">Time between two of them.</param>
/// <param name="Ahead">How far into the future slots may already be given away; further, and the process has to ask again later.</param>
/// <param name="IsUrgent">A person waits: given whatever is ahead, behind what is given away already.</param>
public readonly record struct PermitDemand(int Slots, TimeSpan Interval, TimeSpan Ahead, bool IsUrgent);

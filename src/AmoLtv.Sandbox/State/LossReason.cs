namespace AmoLtv.Sandbox.State;

/// <summary>Why a lead was lost.</summary>
public sealed record LossReason(long Id, string Name, int Sort);

namespace AmoLtv.AmoCrm.Accounts;

/// <summary>A reason for which leads are lost.</summary>
public sealed record CrmLossReason(long Id, string Name);

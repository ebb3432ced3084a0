namespace AmoLtv.Host.Valuing.Previewing;

/// <summary>A lead of a client by the settings in force and by a draft.</summary>
/// <param name="Id">Its number in the CRM.</param>
/// <param name="Old">By the settings in force.</param>
/// <param name="New">By the draft.</param>
public sealed record PreviewLead(long Id, PreviewVerdict Old, PreviewVerdict New);

namespace AmoLtv.Host.Valuing.Previewing;

/// <summary>A real client by the settings in force and by a draft.</summary>
/// <param name="Why">What it stands for: <c>largest</c>, <c>typical</c>, <c>onePurchase</c>, <c>slipping</c>, <c>excludedLeads</c>, <c>next</c>.</param>
/// <param name="Kind"><c>company</c> or <c>contact</c>.</param>
/// <param name="Id">Its number in the CRM.</param>
/// <param name="Name">Of a company; null of a contact.</param>
/// <param name="Old">By the settings in force; null where it is no client by them.</param>
/// <param name="New">By the draft; null where it is no client by it.</param>
/// <param name="Leads">Its leads, those first that the draft sees otherwise, at most thirty.</param>
/// <param name="LeadCount">How many leads it has.</param>
public sealed record PreviewClient(
    string Why, string Kind, long Id, string? Name, PreviewFigures? Old, PreviewFigures? New, IReadOnlyList<PreviewLead> Leads, int LeadCount);

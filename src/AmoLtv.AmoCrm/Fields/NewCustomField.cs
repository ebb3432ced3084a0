namespace AmoLtv.AmoCrm.Fields;

/// <summary>A custom field to create: editable through the API alone, so that nobody types over a computed number.</summary>
/// <param name="Type">The CRM's name of the type: <c>numeric</c>, <c>text</c>, <c>date</c>, <c>date_time</c>.</param>
public sealed record NewCustomField(string Name, string Code, string Type, int Sort = 510);

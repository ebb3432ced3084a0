using AmoLtv.Core.Identity;

namespace AmoLtv.Core.WritingBack;

/// <summary>An output and the custom field it goes into.</summary>
public sealed record TargetField(OutputField Output, FieldId Field);

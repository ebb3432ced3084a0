using AmoLtv.Core.Identity;

namespace AmoLtv.Host.WritingBack;

/// <summary>What the CRM holds of our fields on one card.</summary>
public sealed record HeldCard(long Id, bool IsDeleted, IReadOnlyDictionary<FieldId, string> Fields);

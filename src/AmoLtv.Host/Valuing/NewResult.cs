using AmoLtv.Core.Valuation;

namespace AmoLtv.Host.Valuing;

/// <summary>A result to be stored.</summary>
/// <param name="Valuation">All that was computed.</param>
/// <param name="Digest">See <see cref="ResultDigest"/>.</param>
/// <param name="Segments">Null for a contact of a company.</param>
/// <param name="Bridge">Why the headline is another than before.</param>
internal sealed record NewResult(CustomerValuation Valuation, long Digest, StoredSegments? Segments, ValueBridge Bridge);

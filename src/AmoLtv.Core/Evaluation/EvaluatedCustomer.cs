using AmoLtv.Core.Segmentation;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Evaluation;

/// <summary>A customer of a plain list with its numbers and place.</summary>
public sealed record EvaluatedCustomer(string Customer, CustomerValuation Valuation, Standing Standing);

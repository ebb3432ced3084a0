using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Entities;

/// <summary>A product of a lead.</summary>
/// <param name="Quantity">Above 0; 1 where the CRM names none.</param>
/// <param name="PriceField">The price field that was chosen; null where the CRM names none.</param>
public readonly record struct CrmLeadProduct(ProductId Product, decimal Quantity, FieldId? PriceField);

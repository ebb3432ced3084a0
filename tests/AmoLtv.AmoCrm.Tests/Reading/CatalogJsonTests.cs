using System.Text.Json;
using AmoLtv.AmoCrm.Entities;
using AmoLtv.AmoCrm.Reading;
using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Tests.Reading;

[TestFixture]
public sealed class CatalogJsonTests
{
    [Test]
    public void Products_of_a_lead_are_read_with_quantity_list_and_price_field() => Assert.That(
        Lead("""{"id":9,"metadata":{"quantity":2.5,"catalog_id":4521,"price_id":77}}"""),
        Is.EqualTo([new CrmLeadProduct(new ProductId(4521, 9), 2.5m, new FieldId(77))]));

    [TestCase("""{"id":9,"metadata":{"catalog_id":1}}""", 1)]
    [TestCase("""{"id":9,"metadata":{"catalog_id":1,"quantity":0}}""", 1)]
    [TestCase("""{"id":9,"metadata":{"catalog_id":1,"quantity":-3}}""", 1)]
    [TestCase("""{"id":9,"metadata":{"catalog_id":1,"quantity":"4"}}""", 4)]
    [TestCase("""{"id":9,"metadata":{"catalog_id":1,"quantity":1e30}}""", 1)]
    [TestCase("""{"id":9,"quantity":3,"catalog_id":1}""", 3)]
    public void Quantity_nobody_can_have_meant_is_one(string element, int expected) =>
        Assert.That(Lead(element).Single().Quantity, Is.EqualTo(expected));

    [TestCase("""{"id":9}""")]
    [TestCase("""{"metadata":{"catalog_id":1}}""")]
    [TestCase("null")]
    [TestCase("5")]
    public void Element_that_does_not_say_what_it_is_is_left_out(string element) => Assert.That(Lead(element), Is.Empty);

    [Test]
    public void Same_product_twice_is_one_of_both_quantities_and_products_come_in_order() => Assert.That(
        Lead("""{"id":9,"metadata":{"catalog_id":1,"quantity":2}},{"id":3,"metadata":{"catalog_id":1,"quantity":1}},{"id":9,"metadata":{"catalog_id":1,"quantity":4}}""")
            .Select(product => (product.Product.Element, product.Quantity)),
        Is.EqualTo(new[] { (3L, 1m), (9L, 6m) }));

    [Test]
    public void Product_has_the_price_of_its_coded_field_and_those_of_the_others()
    {
        var product = CatalogJson.Product(Parse("""
            {"id":5,"catalog_id":4521,"name":"Pump","is_deleted":null,"custom_fields_values":[
             {"field_id":1,"field_code":"SKU","field_type":"text","values":[{"value":"1001"}]},
             {"field_id":2,"field_code":"PRICE","field_type":"price","values":[{"value":"1001.50"}]},
             {"field_id":3,"field_code":null,"field_type":"price","values":[{"value":900}]},
             {"field_id":4,"field_code":null,"field_type":"price","values":[{"value":"dear"}]}]}
            """), 4521);

        Assert.Multiple(() =>
        {
            Assert.That((product.Id, product.Name, product.Price, product.IsDeleted), Is.EqualTo((new ProductId(4521, 5), "Pump", (decimal?)1001.50m, false)));
            Assert.That(product.Prices, Is.EquivalentTo(new Dictionary<FieldId, decimal> { [new(2)] = 1001.50m, [new(3)] = 900 }));
        });
    }

    [TestCase("products", ExpectedResult = true)]
    [TestCase("regular", ExpectedResult = false)]
    [TestCase("invoices", ExpectedResult = false)]
    [TestCase("suppliers", ExpectedResult = false)]
    [TestCase(null, ExpectedResult = false)]
    public bool Goods_are_those_of_the_list_of_products_alone(string? type) =>
        CatalogJson.Catalog(Parse(JsonSerializer.Serialize(new { id = 1, name = "Goods", type }))).IsSold;

    private static IReadOnlyList<CrmLeadProduct> Lead(string elements) =>
        CatalogJson.OfLead(Parse($$"""{"id":1,"_embedded":{"catalog_elements":[{{elements}}]} }"""));

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}

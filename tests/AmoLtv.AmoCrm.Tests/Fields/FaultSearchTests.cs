using AmoLtv.AmoCrm.Fields;

namespace AmoLtv.AmoCrm.Tests.Fields;

/// <summary>Bad elements of batches whose refusal names none, against a CRM that takes a part only where all of it is good.</summary>
[TestFixture]
public sealed class FaultSearchTests
{
    private const int Size = 50;

    [Test]
    public void Bad_element_is_found_wherever_it_stands_and_every_other_one_arrives([Range(0, Size - 1)] int bad)
    {
        var (taken, found, left, calls) = Search([bad]);

        Assert.That(found, Is.EqualTo(new[] { bad }));
        Assert.That(left, Is.Empty);
        Assert.That(taken, Is.EquivalentTo(Enumerable.Range(0, Size).Where(element => element != bad)));
        Assert.That(calls, Is.LessThanOrEqualTo(13));
    }

    [Test]
    public void Two_bad_elements_are_found_wherever_they_stand()
    {
        for (var first = 0; first < Size; first++)
        {
            for (var second = first + 1; second < Size; second++)
            {
                var (taken, found, left, _) = Search([first, second]);

                Assert.That(found, Is.EquivalentTo([first, second]));
                Assert.That((taken.Count, left.Count), Is.EqualTo((Size - 2, 0)));
            }
        }
    }

    [TestCase(1, 1)]
    [TestCase(2, 3)]
    [TestCase(3, 5)]
    [TestCase(Size, 25)]
    public void Batch_that_is_refused_whole_costs_no_more_than_the_search_may_and_no_element_is_forgotten(int size, int most)
    {
        var (taken, found, left, calls) = Search([.. Enumerable.Range(0, size)], size);

        Assert.That(taken, Is.Empty);
        Assert.That(found.Concat(left), Is.EquivalentTo(Enumerable.Range(0, size)));
        Assert.That(calls, Is.LessThanOrEqualTo(most));
    }

    [Test]
    public void Many_bad_elements_together_do_not_keep_the_others_from_arriving()
    {
        var (taken, found, left, calls) = Search([.. Enumerable.Range(0, 12)]);

        Assert.That(taken, Is.SupersetOf(Enumerable.Range(25, 25)));
        Assert.That(found.Concat(left).Concat(taken), Is.EquivalentTo(Enumerable.Range(0, Size)));
        Assert.That(calls, Is.LessThanOrEqualTo(25));
    }

    [Test]
    public void Nothing_is_searched_where_no_call_is_allowed()
    {
        var search = new FaultSearch<int>([1, 2, 3], allowed: 0);
        search.TryNext(Size, out var part);
        search.Refused(part);

        Assert.That(search.TryNext(Size, out _), Is.False);
        Assert.That(search.Left, Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(search.Calls, Is.Zero);
    }

    [Test]
    public void Elements_beyond_the_size_the_CRM_takes_follow_in_parts_that_cost_no_search()
    {
        var search = new FaultSearch<int>([.. Enumerable.Range(0, 10)], allowed: 100);
        search.TryNext(10, out var whole);
        search.TooLarge(whole);
        var sizes = new List<int>();
        while (search.TryNext(3, out var part))
        {
            sizes.Add(part.Count);
        }

        Assert.That(sizes, Is.EquivalentTo([3, 3, 2, 2]));
        Assert.That((search.Calls, search.Left.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Named_elements_one_at_a_time_are_set_apart_only_as_long_as_calls_are_left()
    {
        var search = new FaultSearch<int>([.. Enumerable.Range(0, Size)], allowed: 100);
        var named = 0;
        while (search.TryNext(Size, out var part))
        {
            named++;
            search.Named([.. part.Skip(1)]);
        }

        Assert.That(named, Is.EqualTo(25));
        Assert.That(search.Left, Has.Count.EqualTo(Size - 25));
    }

    private static (IReadOnlyList<int> Taken, IReadOnlyList<int> Found, IReadOnlyList<int> Left, int Calls) Search(int[] bad, int size = Size)
    {
        var (taken, found, calls) = (new List<int>(), new List<int>(), 0);
        var search = new FaultSearch<int>([.. Enumerable.Range(0, size)], allowed: 100);
        while (search.TryNext(Size, out var part))
        {
            calls++;
            if (!part.Intersect(bad).Any())
            {
                taken.AddRange(part);
            }
            else if (part.Count == 1)
            {
                found.Add(part[0]);
            }
            else
            {
                search.Refused(part);
            }
        }

        return (taken, found, search.Left, calls);
    }
}

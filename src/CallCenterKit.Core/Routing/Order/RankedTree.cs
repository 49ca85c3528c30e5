namespace CallCenterKit.Routing;

/// <summary>
/// Items in order of their keys, each with a weight: the first, the next after a key, the one at a position, how much is
/// before a key. All in O(log n), and without allocating once it has grown.
/// </summary>
/// <remarks>
/// A treap: a search tree by key and a heap by priority. Priorities are scattered keys, so equal contents make equal trees.
/// Every node knows the sum of the weights below it. Place 0 of the array stands for nobody. With weights of 1 positions
/// and sums are counts.
/// </remarks>
internal sealed class RankedTree<T>
    where T : class
{
    private static readonly Node[] Empty = new Node[1];

    private Node[] _nodes = Empty; // Many lanes never need all of their trees.
    private int _root;
    private int _used = 1;
    private int _firstFree;

    public int Count { get; private set; }

    /// <summary>The sum of all weights.</summary>
    public long Total => _nodes[_root].Sum;

    /// <summary>The item with the smallest key; null when there is none.</summary>
    public T? First => _root == 0 ? null : _nodes[Leftmost(_root)].Item;

    /// <summary>Takes an item in. The key must not be there yet.</summary>
    public void Add(RankKey key, int weight, T item)
    {
        var added = Allocate();
        _nodes[added] = new() { Key = key, Weight = weight, Sum = weight, Item = item, Priority = key.Scatter() };
        Insert(added);
        Count++;
    }

    /// <summary>Lets go of the item with this key, which must be there.</summary>
    public void Remove(RankKey key)
    {
        var removed = Find(key);
        if (removed == 0)
            throw new InvalidOperationException($"{key} is not in the order.");
        ref var link = ref _root;
        while (link != removed)
        {
            ref var node = ref _nodes[link];
            node.Sum -= _nodes[removed].Weight;
            link = ref key.CompareTo(node.Key) < 0 ? ref node.Left : ref node.Right;
        }
        Join(_nodes, ref link, _nodes[removed].Left, _nodes[removed].Right);
        Free(removed);
        Count--;
    }

    /// <summary>The item with the smallest key, and the key; null when there is none.</summary>
    public T? FirstWith(out RankKey key)
    {
        if (_root == 0)
        {
            key = default;
            return null;
        }
        ref var node = ref _nodes[Leftmost(_root)];
        key = node.Key;
        return node.Item;
    }

    /// <summary>The first item whose key is greater; null when there is none.</summary>
    public T? After(RankKey key)
    {
        T? found = null;
        for (var at = _root; at != 0;)
        {
            ref var node = ref _nodes[at];
            if (node.Key.CompareTo(key) > 0)
            {
                found = node.Item;
                at = node.Left;
            }
            else
            {
                at = node.Right;
            }
        }
        return found;
    }

    /// <summary>The item that covers this position when each is as wide as its weight.</summary>
    /// <param name="position">0 to less than <see cref="Total"/>.</param>
    public T At(long position)
    {
        for (var at = _root; ;)
        {
            ref var node = ref _nodes[at];
            var left = _nodes[node.Left].Sum;
            if (position < left)
            {
                at = node.Left;
                continue;
            }
            position -= left;
            if (position < node.Weight)
                return node.Item;
            position -= node.Weight;
            at = node.Right;
        }
    }

    /// <summary>The sum of the weights of all smaller keys.</summary>
    public long Before(RankKey key)
    {
        long sum = 0;
        for (var at = _root; at != 0;)
        {
            ref var node = ref _nodes[at];
            if (node.Key.CompareTo(key) < 0)
            {
                sum += _nodes[node.Left].Sum + node.Weight;
                at = node.Right;
            }
            else
            {
                at = node.Left;
            }
        }
        return sum;
    }

    private int Leftmost(int at)
    {
        while (_nodes[at].Left != 0)
            at = _nodes[at].Left;
        return at;
    }

    private void Insert(int added)
    {
        var (key, weight, priority) = (_nodes[added].Key, _nodes[added].Weight, _nodes[added].Priority);
        ref var link = ref _root;
        while (link != 0 && _nodes[link].Priority >= priority)
        {
            ref var node = ref _nodes[link];
            node.Sum += weight;
            link = ref key.CompareTo(node.Key) < 0 ? ref node.Left : ref node.Right;
        }
        (_nodes[added].Left, _nodes[added].Right) = Split(link, key);
        Sum(added);
        link = added;
    }

    private (int Less, int Greater) Split(int at, RankKey key)
    {
        if (at == 0)
            return (0, 0);
        if (key.CompareTo(_nodes[at].Key) < 0)
        {
            (var less, _nodes[at].Left) = Split(_nodes[at].Left, key);
            Sum(at);
            return (less, at);
        }
        (_nodes[at].Right, var greater) = Split(_nodes[at].Right, key);
        Sum(at);
        return (at, greater);
    }

    /// <summary>The place of the item with this key; 0 when it is not there.</summary>
    private int Find(RankKey key)
    {
        var at = _root;
        while (at != 0)
        {
            var side = key.CompareTo(_nodes[at].Key);
            if (side == 0)
                break;
            at = side < 0 ? _nodes[at].Left : _nodes[at].Right;
        }
        return at;
    }

    private static void Join(Node[] nodes, ref int link, int left, int right)
    {
        while (left != 0 && right != 0)
        {
            if (nodes[left].Priority > nodes[right].Priority)
            {
                ref var node = ref nodes[left];
                node.Sum += nodes[right].Sum;
                link = left;
                link = ref node.Right;
                left = node.Right;
            }
            else
            {
                ref var node = ref nodes[right];
                node.Sum += nodes[left].Sum;
                link = right;
                link = ref node.Left;
                right = node.Left;
            }
        }
        link = left + right;
    }

    private void Sum(int at)
    {
        ref var node = ref _nodes[at];
        node.Sum = node.Weight + _nodes[node.Left].Sum + _nodes[node.Right].Sum;
    }

    private int Allocate()
    {
        if (_firstFree != 0)
        {
            var reused = _firstFree;
            _firstFree = _nodes[reused].Left;
            return reused;
        }
        if (_used == _nodes.Length)
            Array.Resize(ref _nodes, Math.Max(4, _nodes.Length * 2));
        return _used++;
    }

    private void Free(int at)
    {
        _nodes[at] = new() { Left = _firstFree };
        _firstFree = at;
    }

    private struct Node
    {
        public RankKey Key;
        public T Item;
        public long Sum;
        public int Weight;
        public uint Priority;
        public int Left;
        public int Right;
    }
}

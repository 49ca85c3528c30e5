namespace CallCenterKit.Routing;

/// <summary>
/// Items in order of their keys, each with an amount; finds the first whose amount suffices. All in O(log n), and without
/// allocating once it has grown.
/// </summary>
/// <remarks>
/// A treap: a search tree by key and a heap by priority. Priorities are scattered keys, so equal contents make equal trees.
/// Every node knows the largest amount below it. Place 0 of the array stands for nobody.
/// </remarks>
internal sealed class RankedTree<T>
    where T : class
{
    private Node[] _nodes = [Node.Nobody, default, default, default];
    private int _root;
    private int _used = 1;
    private int _firstFree;

    public int Count { get; private set; }

    /// <summary>Takes an item in. The key must not be there yet.</summary>
    public void Add(RankKey key, int amount, T item)
    {
        var added = Allocate();
        _nodes[added] = new() { Key = key, Amount = amount, Most = amount, Item = item, Priority = key.Scatter() };
        _root = Insert(_root, added);
        Count++;
    }

    /// <summary>Lets go of the item with this key, which must be there.</summary>
    public void Remove(RankKey key)
    {
        _root = Remove(_root, key);
        Count--;
    }

    /// <summary>The item with the smallest key among those with at least this amount; null when there is none.</summary>
    public T? First(int amount, out RankKey key)
    {
        key = default;
        if (_nodes[_root].Most < amount)
            return null;
        for (var at = _root; ;)
        {
            ref var node = ref _nodes[at];
            if (_nodes[node.Left].Most >= amount)
            {
                at = node.Left;
            }
            else if (node.Amount >= amount)
            {
                key = node.Key;
                return node.Item;
            }
            else
            {
                at = node.Right;
            }
        }
    }

    private int Insert(int at, int added)
    {
        if (at == 0)
            return added;
        if (_nodes[added].Key.CompareTo(_nodes[at].Key) < 0)
        {
            _nodes[at].Left = Insert(_nodes[at].Left, added);
            if (_nodes[_nodes[at].Left].Priority > _nodes[at].Priority)
                at = RotateRight(at);
        }
        else
        {
            _nodes[at].Right = Insert(_nodes[at].Right, added);
            if (_nodes[_nodes[at].Right].Priority > _nodes[at].Priority)
                at = RotateLeft(at);
        }
        Sum(at);
        return at;
    }

    private int Remove(int at, RankKey key)
    {
        if (at == 0)
            throw new InvalidOperationException($"{key} is not in the order.");
        var side = key.CompareTo(_nodes[at].Key);
        if (side == 0)
        {
            var joined = Join(_nodes[at].Left, _nodes[at].Right);
            Free(at);
            return joined;
        }
        if (side < 0)
            _nodes[at].Left = Remove(_nodes[at].Left, key);
        else
            _nodes[at].Right = Remove(_nodes[at].Right, key);
        Sum(at);
        return at;
    }

    private int Join(int left, int right)
    {
        if (left == 0 || right == 0)
            return left + right;
        if (_nodes[left].Priority > _nodes[right].Priority)
        {
            _nodes[left].Right = Join(_nodes[left].Right, right);
            Sum(left);
            return left;
        }
        _nodes[right].Left = Join(left, _nodes[right].Left);
        Sum(right);
        return right;
    }

    private int RotateRight(int at)
    {
        var up = _nodes[at].Left;
        _nodes[at].Left = _nodes[up].Right;
        _nodes[up].Right = at;
        Sum(at);
        return up;
    }

    private int RotateLeft(int at)
    {
        var up = _nodes[at].Right;
        _nodes[at].Right = _nodes[up].Left;
        _nodes[up].Left = at;
        Sum(at);
        return up;
    }

    private void Sum(int at)
    {
        ref var node = ref _nodes[at];
        node.Most = Math.Max(node.Amount, Math.Max(_nodes[node.Left].Most, _nodes[node.Right].Most));
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
            Array.Resize(ref _nodes, _nodes.Length * 2);
        return _used++;
    }

    private void Free(int at)
    {
        _nodes[at] = new() { Left = _firstFree };
        _firstFree = at;
    }

    private struct Node
    {
        public static Node Nobody => new() { Amount = int.MinValue, Most = int.MinValue };

        public RankKey Key;
        public T Item;
        public int Amount;
        public int Most;
        public uint Priority;
        public int Left;
        public int Right;
    }
}

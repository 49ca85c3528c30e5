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
    private Node[] _nodes = new Node[4];
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
        _root = Insert(_root, added);
        Count++;
    }

    /// <summary>Lets go of the item with this key, which must be there.</summary>
    public void Remove(RankKey key)
    {
        _root = Remove(_root, key);
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

    /// <summary>Whether an item with this key is there.</summary>
    public bool Contains(RankKey key)
    {
        for (var at = _root; at != 0;)
        {
            var side = key.CompareTo(_nodes[at].Key);
            if (side == 0)
                return true;
            at = side < 0 ? _nodes[at].Left : _nodes[at].Right;
        }
        return false;
    }

    private int Leftmost(int at)
    {
        while (_nodes[at].Left != 0)
            at = _nodes[at].Left;
        return at;
    }

    private int Insert(int at, int added)
    {
        if (at == 0)
            return added;
        if (_nodes[added].Key.CompareTo(_nodes[at].Key) < 0)
        {
            _nodes[at].Left = Insert(_nodes[at].Left, added);
            if (_nodes[_nodes[at].Left].Priority > _nodes[at].Priority)
                return RotateRight(at);
        }
        else
        {
            _nodes[at].Right = Insert(_nodes[at].Right, added);
            if (_nodes[_nodes[at].Right].Priority > _nodes[at].Priority)
                return RotateLeft(at);
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
        Sum(up);
        return up;
    }

    private int RotateLeft(int at)
    {
        var up = _nodes[at].Right;
        _nodes[at].Right = _nodes[up].Left;
        _nodes[up].Left = at;
        Sum(at);
        Sum(up);
        return up;
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
        public RankKey Key;
        public T Item;
        public long Sum;
        public int Weight;
        public uint Priority;
        public int Left;
        public int Right;
    }
}

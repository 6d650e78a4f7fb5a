package io.holdfast.lm.program;

/**
 * Generation with a cache of keys and values, two tensors [B, K, S, h] a block. A batch's prompts
 * stand at its left, each from slot 0 on, padded to P slots; the token that a row generates as its
 * number t goes to slot P + t of every row. So a row's slots do not depend on its neighbours, and
 * one slice is written for all rows; what is between a prompt and slot P is masked, and rotations
 * go by a row's own positions.
 */
final class CacheText {

  /** Within a block: keys [B, T, K, h] and values [B, K, T, h] of T tokens from a slot on. */
  static final String KEEPING =
      """
          torch.copy_(torch.slice(cache[2 * layer], 2, slot, slot + T), torch.transpose(k, 1, 2))
          torch.copy_(torch.slice(cache[2 * layer + 1], 2, slot, slot + T), v)
      """;

  /** Within a block: one query a row, which sees as many slots as the mask [B K, 1, S] has. */
  static final String ATTENTION =
      """
          S = torch.size(mask, 2)
          q = torch.view(q, [B * $KV_HEADS, $GROUP, $HEAD_SIZE])
          keys = torch.view(torch.slice(cache[2 * layer], 2, 0, S), [B * $KV_HEADS, S, $HEAD_SIZE])
          values = torch.view(torch.slice(cache[2 * layer + 1], 2, 0, S), [B * $KV_HEADS, S, $HEAD_SIZE])
          a = torch.softmax(torch.baddbmm(mask, q, torch.transpose(keys, 1, 2)), -1)
          y = torch.view(torch.bmm(a, values), [B, 1, $HEADS * $HEAD_SIZE])
      """;

  /**
   * {@code settings} are those of {@link ChoiceText}; {@code lengths} are the prompts' own. As many
   * slots are seen as fill pieces of $SLOTS, so that shapes depend on the row's own step and change
   * rarely.
   */
  static final String METHODS =
      """
        def read(self, ids: Tensor, lengths: Tensor, draws: Tensor, settings: Tensor, slots: Tensor) -> Tensor:
          # ids [B, P], draws [B, 1], slots of the whole cache -> the first tokens [1, B], fp64
          torch.set_grad_enabled(False)
          place = ops.prim.device(ids)
          B = torch.size(ids, 0)
          torch.clear(self.cache)
          for i in range(2 * $LAYERS):
            # Zeros, so that no masked slot ever holds a NaN.
            part = torch.zeros([B, $KV_HEADS, int(slots[0]), $HEAD_SIZE], dtype=$TYPE, device=place)
            _0 = torch.append(self.cache, part)
          starts = torch.mul(torch.arange(B, dtype=4, device=place), torch.size(ids, 1))
          last = torch.sub(torch.add(starts, lengths), 1)
          y = torch.index_select(self.prefill_hidden(ids, self.weights, self.cache, 0), 0, last)
          token = self.choose(self.project(y, self.weights), torch.select(draws, 1, 0), settings)
          return torch.to(torch.unsqueeze(token, 0), 7)
        def generate(self, token: Tensor, lengths: Tensor, draws: Tensor, settings: Tensor, slots: Tensor) -> Tensor:
          # token [B], draws [B, n], slots: P and how many tokens are behind it -> up to n more tokens
          # of each row [n, B], fp64; fewer when all rows end
          torch.set_grad_enabled(False)
          p = self.weights
          place = ops.prim.device(token)
          cos, sin = self.rotation(torch.zeros([1, $CONTEXT], dtype=4, device=place))
          prompt = int(slots[0])
          number = int(slots[1])
          found = annotate(List[Tensor], [])
          i = 0
          going = True
          while going:
            slot = prompt + number + i
            # A row that has ended may be past the context's end.
            position = torch.clamp(torch.add(lengths, number + i), None, $CONTEXT - 1)
            c = self.step(position, lengths, prompt, slot, cos, sin)
            x = self.plain_embed(torch.unsqueeze(token, 1), p)
            for layer in range($LAYERS):
              x = self.decode_block(x, layer, c, p, self.cache, slot)
            y = torch.view(self.norm(x, p[$FINAL_NORM]), [-1, $HIDDEN])
            chosen = self.choose(self.project(y, p), torch.select(draws, 1, i), settings)
            token = torch.where(torch.eq(token, $END_OF_TEXT), token, chosen)
            found = torch.append(found, token)
            i = i + 1
            going = torch.lt(i, torch.size(draws, 1))
            if bool(torch.all(torch.eq(token, $END_OF_TEXT))):
              going = False
            else:
              pass
          return torch.to(torch.stack(found), 7)
        def retain(self, rows: Tensor) -> Tensor:
          # Rows [n] of the cache, in their order; one may come again.
          torch.set_grad_enabled(False)
          for i in range(2 * $LAYERS):
            _0 = torch._set_item(self.cache, i, torch.index_select(self.cache[i], 0, rows))
          return torch.zeros([1], dtype=7)
        def forget(self, numbers: Tensor) -> Tensor:
          torch.clear(self.cache)
          return torch.zeros([1], dtype=7)
        def step(self, position: Tensor, lengths: Tensor, prompt: int, slot: int, cos: Tensor, sin: Tensor) -> List[Tensor]:
          # What every block needs beside one token a row: as context(), with tables [B, 1, 1, h].
          place = ops.prim.device(lengths)
          S = torch.floordiv(slot + $SLOTS, $SLOTS) * $SLOTS
          at = torch.arange(S, dtype=4, device=place)
          own = torch.lt(torch.unsqueeze(at, 0), torch.unsqueeze(lengths, 1))
          answer = torch.logical_and(torch.ge(at, prompt), torch.le(at, slot))
          seen = torch.logical_or(own, torch.unsqueeze(answer, 0))
          mask = torch.masked_fill(torch.zeros(torch.size(seen), dtype=$TYPE, device=place), torch.logical_not(seen), -inf)
          mask = torch.reshape(torch.repeat(torch.unsqueeze(mask, 1), [1, $KV_HEADS, 1]), [-1, 1, S])
          cosine = torch.unsqueeze(torch.index_select(cos, 0, position), 1)
          sine = torch.unsqueeze(torch.index_select(sin, 0, position), 1)
          return [torch.to(torch.mul(cosine, $SCALE), $TYPE), torch.to(torch.mul(sine, $SCALE), $TYPE), torch.to(cosine, $TYPE), torch.to(sine, $TYPE), mask]
      """;

  private CacheText() {}
}

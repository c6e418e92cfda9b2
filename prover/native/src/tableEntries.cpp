// Tables: makeTables(key, path, keyDigest, megabytes, threads), useTables(key, path, keyDigest), and tableMsm for tests.
#include "groth16.hpp"
#include "job.hpp"
#include "keyHandle.hpp"
#include "tableMaker.hpp"
#include "tableMsm.hpp"

namespace homeostat {

namespace {

const std::atomic<bool> NEVER{false};
constexpr const char* NAMES[TABLE_COUNT] = {"a", "b1", "b2", "c", "h"};

Bytes digestOf(const js::Arguments& in, std::size_t i) {
  const Bytes out = in.bytes(i);
  if (out.size != 32) throw Failure("NATIVE_ARGUMENT", "a key's digest has 32 bytes");
  return out;
}

/** { bytes, limitBytes, shapes: { a: { bits, sets, copies, covered } | absent, ... } } */
napi_value factsOf(napi_env env, const TableFile& file) {
  napi_value out, shapes;
  napi_create_object(env, &out);
  napi_create_object(env, &shapes);
  for (u32 i = 0; i < TABLE_COUNT; i++) {
    const PointTable& table = file.tables().table[i];
    if (table.count == 0) continue;
    napi_value shape;
    napi_create_object(env, &shape);
    for (const auto& [name, value] : {std::pair{"bits", table.windows.bits}, {"sets", table.sets}, {"copies", table.copies()}, {"covered", table.count}})
      js::set(env, shape, name, js::number(env, value));
    js::set(env, shapes, NAMES[i], shape);
  }
  js::set(env, out, "bytes", js::number(env, double(file.bytes())));
  js::set(env, out, "limitBytes", js::number(env, double(file.limit())));
  js::set(env, out, "shapes", shapes);
  return out;
}

/** makeTables(key, path, keyDigest, megabytes, threads): Promise of nothing */
napi_value jsMakeTables(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  const SharedKey key = keyOf(in);
  const Bytes digest = digestOf(in, 2);
  const std::vector<unsigned char> owner(digest.at, digest.at + digest.size);
  const u64 limit = u64(in.number(3)) << 20;
  const bool shared = in.number(4) == 0;
  const unsigned threads = shared ? usableProcessors() : std::min(in.number(4), 256u);
  const auto job = std::make_shared<Job>();
  job->work = [key, owner, limit, threads, shared, path = in.text(1)](Job& self) {
    makeTables(*key, path, owner.data(), limit, Workers(threads, self.cancelled, shared));
  };
  job->finish = [](napi_env env, Job&) {
    napi_value nothing;
    napi_get_undefined(env, &nothing);
    return nothing;
  };
  return start(env, job);
}

/** useTables(key, path, keyDigest): Promise of what the file holds; later proofs of the key use it */
napi_value jsUseTables(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  const SharedKey key = keyOf(in);
  const TableOwner owner = ownerOf(*key, digestOf(in, 2).at);
  const auto file = std::make_shared<std::shared_ptr<const TableFile>>();
  const auto job = std::make_shared<Job>();
  job->work = [key, owner, file, path = in.text(1)](Job&) {
    *file = std::make_shared<const TableFile>(path, owner);
    key->useTables(*file);
  };
  job->finish = [file](napi_env env, Job&) { return factsOf(env, **file); };
  return start(env, job);
}

template <class F>
napi_value tableMsmOf(napi_env env, const GroupKernel& kernel, Bytes bases, Bytes scalars, const Workers& workers, Bytes shape) {
  const std::size_t count = scalars.size / 32;
  const bool fits = shape.size == 3 && shape.at[0] >= 2 && shape.at[0] <= 20 && shape.at[1] >= 1 && shape.at[1] <= Windows::of(shape.at[0]).count;
  if (!fits || bases.size != count * kernel.pointBytes || scalars.size % 32 != 0)
    throw Failure("NATIVE_ARGUMENT", "arguments of matching sizes were expected");
  std::vector<u32> indices;
  for (u32 i = 0; i < count; i++) {
    const bool infinite = std::all_of(bases.at + i * kernel.pointBytes, bases.at + (i + 1) * kernel.pointBytes, [](unsigned char b) { return b == 0; });
    if (!infinite && (shape.at[2] == 0 || i % shape.at[2] != 0)) indices.push_back(i);
  }
  PointTable table{Windows::of(shape.at[0]), shape.at[1], u32(indices.size()), indices.data(), nullptr};
  Buffer points(std::size_t(table.copies()) * table.count * kernel.pointBytes);
  std::size_t at = 0;
  makeCopies(kernel, workers, table, bases.at, [&](const unsigned char* copy, std::size_t bytes) {
    if (bytes > 0) std::memcpy(points.as() + at, copy, bytes);
    at += bytes;
  });
  table.points = points.as();
  const Affine<F> sum = TableMsm<F>(kernel, workers).run(table, bases.at, scalars.at, count).toAffine();
  return js::bytes(env, &sum, sizeof sum);
}

/** tableMsm(level, group, bases, scalars, threads, [bits, sets, n]): affine; every n-th base is left out of the table */
napi_value jsTableMsm(napi_env env, napi_callback_info call) {
  const js::Arguments in(env, call);
  const Level& level = levelNamed(in.text(0));
  const Workers workers(in.number(4), NEVER);
  if (in.text(1) == "g2") return tableMsmOf<Curves<Portable>::Fq2>(env, level.g2, in.bytes(2), in.bytes(3), workers, in.bytes(5));
  return tableMsmOf<Curves<Portable>::Fq>(env, level.g1, in.bytes(2), in.bytes(3), workers, in.bytes(5));
}

}  // namespace

void defineTables(napi_env env, napi_value exports) {
  js::define<jsMakeTables>(env, exports, "makeTables");
  js::define<jsUseTables>(env, exports, "useTables");
  js::define<jsTableMsm>(env, exports, "tableMsm");
}

}  // namespace homeostat

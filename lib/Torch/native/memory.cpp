// Keeps freed memory for the next step. glibc returns every block above 32 MiB to the system, and the end of its heap too, so each
// training step asks for the same pages again and the system clears them again: with 64 channels of 32 x 32 and batch 128 that was
// half of all processor time (1.4 s of a step, 0.7 s without). The price is that the process keeps its highest use of memory.
// FALW_MALLOC=default in the environment leaves the allocator as it is.
#include <cstdlib>
#include <cstring>
#include <malloc.h>

namespace
{
struct KeepMemory
{
    KeepMemory()
    {
#ifdef M_MMAP_MAX
        const char* wish = std::getenv("FALW_MALLOC");
        if (wish && std::strcmp(wish, "default") == 0) return;
        mallopt(M_MMAP_MAX, 0);
        mallopt(M_TRIM_THRESHOLD, -1);
#endif
    }
} keep_memory;
}

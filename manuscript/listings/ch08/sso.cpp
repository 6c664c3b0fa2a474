//@ needs: command:c++ linux
// A C++ value that points into itself and survives being moved.
#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>

// ANCHOR: all
static bool into_itself(const std::string &s) {
    auto data = reinterpret_cast<std::uintptr_t>(s.data());
    auto self = reinterpret_cast<std::uintptr_t>(&s);
    return data - self < sizeof s;
}

int main() {
    std::string a = "short";
    std::printf("a points into itself: %d\n", into_itself(a));
    std::string b = std::move(a);
    std::printf("b points into itself: %d\n", into_itself(b));
}
// ANCHOR_END: all

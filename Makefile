# Everything a developer or a newcomer runs, one line each. `make` alone lists it.
CARGO ?= cargo

.PHONY: help demo test interop lint build year bench oracle fuzz ci install clean-demo
help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS='	' read -r name words; do printf '  make %-12s %s\n' "$$name" "$$words"; done

demo: ## play a short story on real servers of its own and show where everything lies (ARGS=--stay goes on)
	@sh ./setup demo
	@$(CARGO) run --quiet -- demo $(ARGS)

test: ## install what the tests need, then run all of them
	@sh ./setup test
	@sh ./setup browser
	@$(CARGO) test
	@echo "Of the year 350 requests were played, of its figures a part: make year and make oracle take all of them."

interop: ## reopen the files of reports with real LibreOffice and compare every cell
	@sh ./setup interop
	$(CARGO) test --test report -- --ignored --nocapture

lint: ## format, clippy and documentation, every warning an error
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --no-deps

build: ## build the program for use: target/release/okno
	$(CARGO) build --release

year: ## play a year of 3,500 requests, compute every due time twice and tell what happened (some minutes)
	@OKNO_WHOLE_YEAR=1 $(CARGO) test --quiet --test desk year:: -- --nocapture

bench: ## measure how mails are read and decided and what falls due and how a month is counted and how the page is served, then a drain of generated mails against real servers (as root: it needs Postfix)
	@sh ./setup test
	$(CARGO) bench --bench read
	$(CARGO) bench --bench clocks
	$(CARGO) bench --bench tick
	$(CARGO) bench --bench figures
	$(CARGO) bench --bench decide
	$(CARGO) bench --bench page
	$(CARGO) bench --bench drain

oracle: ## count the figures of a year of 18,000 tickets twice, by okno and by a program in Python (some minutes)
	@OKNO_WHOLE_YEAR=1 $(CARGO) test --quiet --test oracle -- --nocapture

# What fuzzing needs: `cargo install cargo-fuzz`. No sanitizer, so that the stable compiler will do.
TARGET ?= read
TIME ?= 120
fuzz: ## feed the reader with what nobody would write (TARGET=read, reply, bounce, tnef or subject; TIME in seconds)
	@mkdir -p fuzz/corpus/$(TARGET)
	cd fuzz && $(CARGO) fuzz run -s none $(TARGET) corpus/$(TARGET) seeds/$(TARGET) $(if $(filter read,$(TARGET)),../tests/mail) -- \
		-max_total_time=$(TIME) -max_len=20000 -timeout=10 -rss_limit_mb=1024 -dict=mail.dict

ci: ## what the continuous integration runs
	@bash .ci/run

install: build ## put the program, its systemd unit and its user in their places (as root); nothing is started
	install -D -m 755 target/release/okno /usr/local/bin/okno
	install -D -m 644 systemd/okno.service /etc/systemd/system/okno.service
	getent passwd okno >/dev/null || \
		useradd --system --user-group --no-create-home --home-dir /var/lib/okno --shell /usr/sbin/nologin okno

clean-demo: ## remove what the demo left in demo-data
	rm -rf demo-data

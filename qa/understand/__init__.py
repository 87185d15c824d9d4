"""Language -> plan: normalising, splitting into known words, slots, and what earlier turns lend."""

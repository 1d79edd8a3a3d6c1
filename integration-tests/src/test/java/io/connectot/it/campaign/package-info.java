// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Every connector under every fault, counted. */
package io.connectot.it.campaign;

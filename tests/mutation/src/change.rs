//! One source file with every change in it, each behind a question that the test run answers.

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use serde::{Deserialize, Serialize};
use syn::fold::{self, Fold};
use syn::spanned::Spanned;
use syn::{Attribute, BinOp, Block, Expr, ImplItem, Item, Pat, Signature, UnOp, parse_quote};

use crate::result;

/// One change of the source.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mutant {
    /// Its number, which the test run is told.
    pub id: u32,
    /// The file, from the root of the domain's sources, or with the name of another package before it.
    pub file: String,
    /// The line of the file.
    pub line: usize,
    /// The function in which it stands.
    pub within: String,
    /// What is changed into what.
    pub what: String,
}

/// What an earlier attempt to compile has found impossible.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Impossible {
    /// Of which sources it was found.
    pub sources: u64,
    /// Changes that do not compile.
    pub changes: BTreeSet<u32>,
    /// Functions that must remain `const`, in which nothing is changed.
    pub constant: BTreeSet<String>,
}

/// Puts the changes into one file after another.
pub struct Mutator<'i> {
    pub mutants: Vec<Mutant>,
    impossible: &'i Impossible,
    next: u32,
    file: String,
    is_domain: bool,
    within: Vec<String>,
}

impl<'i> Mutator<'i> {
    pub fn new(impossible: &'i Impossible) -> Self {
        let (file, within) = (String::new(), Vec::new());
        Self { mutants: Vec::new(), impossible, next: 1, file, is_domain: true, within }
    }

    /// The file with its changes; the domain is asked for the answer by other packages.
    pub fn change(&mut self, name: &str, is_domain: bool, text: &str) -> syn::Result<String> {
        name.clone_into(&mut self.file);
        self.is_domain = is_domain;
        let file = syn::parse_file(text)?;
        let file = self.fold_file(file);
        Ok(prettyplease::unparse(&file))
    }

    /// The number of a change, and the question of the test run whether it is on.
    fn offered(&mut self, at: Span, what: String) -> Option<TokenStream> {
        let id = self.next;
        self.next = self.next.saturating_add(1);
        if self.impossible.changes.contains(&id) {
            return None;
        }
        let within = self.within.join("::");
        self.mutants.push(Mutant { id, file: self.file.clone(), line: at.start().line, within, what });
        let package = if self.is_domain { quote!(crate) } else { quote!(::handover) };
        Some(quote!(#package::mutation::on(#id)))
    }

    /// A body that may return something else.
    fn body(&mut self, sig: &Signature, block: Block) -> Block {
        let whole = block.to_token_stream().to_string();
        let mut block = fold::fold_block(self, block);
        let skipped = self.within.iter().any(|name| name == "Default");
        let values = if skipped { Vec::new() } else { result::instead(&sig.output) };
        let mut first = Vec::new();
        for value in values {
            if whole == quote!({ #value }).to_string() || whole == "{ }" {
                continue;
            }
            if let Some(on) = self.offered(sig.ident.span(), format!("returns `{value}`")) {
                first.push(parse_quote!(if #on { return #value; }));
            }
        }
        block.stmts.splice(0..0, first);
        block
    }

    /// The body of a function with its changes, where they are wanted; a function that is changed is no longer `const`.
    fn function(&mut self, sig: &mut Signature, attrs: &[Attribute], block: Block) -> Block {
        let name = sig.ident.to_string();
        if is_of_tests(attrs) || (sig.constness.is_some() && self.impossible.constant.contains(&name)) {
            return block;
        }
        sig.constness = None;
        self.within.push(name);
        let block = self.body(sig, block);
        self.within.pop();
        block
    }
}

/// Whether something is there for tests only, or where a feature is left out; every feature is on here.
fn is_of_tests(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| {
        let text = attr.to_token_stream().to_string();
        text == "# [test]"
            || text.contains("cfg (test)")
            || text.contains("proptest")
            || text.contains("cfg (not (feature")
    })
}

/// What each operator is changed into.
fn others(op: &BinOp) -> &'static [&'static str] {
    match op {
        BinOp::Eq(_) => &["!="],
        BinOp::Ne(_) => &["=="],
        BinOp::And(_) => &["||"],
        BinOp::Or(_) => &["&&"],
        BinOp::Lt(_) => &["==", ">", "<="],
        BinOp::Gt(_) => &["==", "<", ">="],
        BinOp::Le(_) => &[">", "<"],
        BinOp::Ge(_) => &["<", ">"],
        BinOp::Add(_) => &["-", "*"],
        BinOp::Sub(_) | BinOp::Mul(_) => &["+", "/"],
        BinOp::Div(_) => &["%", "*"],
        BinOp::Rem(_) => &["/", "+"],
        BinOp::Shl(_) => &[">>"],
        BinOp::Shr(_) => &["<<"],
        BinOp::BitAnd(_) => &["|", "^"],
        BinOp::BitOr(_) => &["&", "^"],
        BinOp::BitXor(_) => &["|", "&"],
        BinOp::AddAssign(_) => &["-=", "*="],
        BinOp::SubAssign(_) | BinOp::MulAssign(_) => &["+=", "/="],
        BinOp::DivAssign(_) => &["%=", "*="],
        BinOp::BitOrAssign(_) => &["&=", "^="],
        BinOp::BitAndAssign(_) => &["|=", "^="],
        BinOp::ShlAssign(_) => &[">>="],
        BinOp::ShrAssign(_) => &["<<="],
        _ => &[],
    }
}

fn holds_let(expr: &Expr) -> bool {
    match expr {
        Expr::Let(_) => true,
        Expr::Binary(binary) if matches!(binary.op, BinOp::And(_)) => {
            holds_let(&binary.left) || holds_let(&binary.right)
        }
        _ => false,
    }
}

impl Fold for Mutator<'_> {
    fn fold_item(&mut self, item: Item) -> Item {
        match item {
            Item::Fn(mut it) => {
                it.block = Box::new(self.function(&mut it.sig, &it.attrs, *it.block));
                Item::Fn(it)
            }
            Item::Impl(mut it) => {
                let of = it.trait_.as_ref().and_then(|(_, path, _)| path.segments.last());
                let name = of.map(|last| last.ident.to_string()).unwrap_or_default();
                if is_of_tests(&it.attrs) || matches!(name.as_str(), "Debug" | "Arbitrary" | "JsonSchema") {
                    return Item::Impl(it);
                }
                let this = it.self_ty.to_token_stream().to_string().replace(' ', "");
                let named = if name.is_empty() { this } else { format!("{this} as {name}") };
                let outside = self.within.len();
                self.within.push(named);
                if name == "Default" {
                    self.within.push(name);
                }
                it.items = it
                    .items
                    .into_iter()
                    .map(|one| match one {
                        ImplItem::Fn(mut one) => {
                            one.block = self.function(&mut one.sig, &one.attrs, one.block);
                            ImplItem::Fn(one)
                        }
                        other => other,
                    })
                    .collect();
                self.within.truncate(outside);
                Item::Impl(it)
            }
            Item::Trait(mut it) => {
                self.within.push(it.ident.to_string());
                for one in &mut it.items {
                    if let syn::TraitItem::Fn(one) = one
                        && let Some(block) = one.default.take()
                    {
                        one.default = Some(self.function(&mut one.sig, &one.attrs, block));
                    }
                }
                self.within.pop();
                Item::Trait(it)
            }
            Item::Mod(it) if !is_of_tests(&it.attrs) => Item::Mod(fold::fold_item_mod(self, it)),
            other => other,
        }
    }

    fn fold_expr(&mut self, expr: Expr) -> Expr {
        match expr {
            Expr::Binary(binary) => {
                let (left, right) = (binary.left.clone(), binary.right.clone());
                let chained = holds_let(&left) || holds_let(&right);
                let at = binary.op.span();
                let op = binary.op;
                let mut whole = Expr::Binary(fold::fold_expr_binary(self, binary));
                if chained {
                    return whole;
                }
                for other in others(&op) {
                    let was = op.to_token_stream();
                    let Some(on) = self.offered(at, format!("`{was}` becomes `{other}`")) else { continue };
                    let changed: TokenStream = other.parse().unwrap_or_default();
                    whole = if other.ends_with('=') && !matches!(*other, "==" | "!=" | "<=" | ">=") {
                        parse_quote!(if #on { #left #changed #right } else { #whole })
                    } else {
                        parse_quote!((if #on { #left #changed #right } else { #whole }))
                    };
                }
                whole
            }
            Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_) | UnOp::Neg(_)) => {
                let (inner, at) = (unary.expr.clone(), unary.op.span());
                let was = unary.op.to_token_stream();
                let whole = fold::fold_expr_unary(self, unary);
                match self.offered(at, format!("`{was}` is left out")) {
                    Some(on) => parse_quote!((if #on { #inner } else { #whole })),
                    None => Expr::Unary(whole),
                }
            }
            Expr::Match(matched) => {
                let any =
                    matched.arms.iter().any(|arm| matches!(arm.pat, Pat::Wild(_)) && arm.guard.is_none());
                let mut matched = fold::fold_expr_match(self, matched);
                for arm in &mut matched.arms {
                    let pat = arm.pat.to_token_stream().to_string();
                    let short: String = pat.chars().take(60).collect();
                    let at = arm.pat.span();
                    if let Some((when, guard)) = arm.guard.take() {
                        let mut guard = *guard;
                        if !holds_let(&guard) {
                            let on = self.offered(at, format!("the guard of `{short}` always holds"));
                            if let Some(on) = on {
                                guard = parse_quote!((#on || #guard));
                            }
                        }
                        if let Some(on) = self.offered(at, format!("the guard of `{short}` never holds")) {
                            guard = parse_quote!(!#on && #guard);
                        }
                        arm.guard = Some((when, Box::new(guard)));
                    } else if any
                        && !matches!(arm.pat, Pat::Wild(_))
                        && let Some(on) = self.offered(at, format!("the arm `{short}` is left out"))
                    {
                        arm.guard = Some((parse_quote!(if), parse_quote!(!#on)));
                    }
                }
                Expr::Match(matched)
            }
            // Constants are not asked at run time.
            Expr::Const(_) | Expr::Repeat(_) => expr,
            other => fold::fold_expr(self, other),
        }
    }

    fn fold_type(&mut self, of: syn::Type) -> syn::Type {
        of
    }

    fn fold_pat(&mut self, pat: Pat) -> Pat {
        pat
    }
}
